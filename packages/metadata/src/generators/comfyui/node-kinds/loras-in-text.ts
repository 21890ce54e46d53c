import { jsonNumber } from '../../../json/json-value.ts';
import type { AppliedLora } from './node-kind.ts';

const tag = /<(?:lora|lyco):([^:>]+)(?::([^:>]*))?(?::([^:>]*))?[^>]*>/gi;

/** LoRA tags of a text, as the nodes read them: `<lora:name:weight:text encoder weight>`. */
export function lorasInText(text: string): readonly AppliedLora[] {
  return [...text.matchAll(tag)].map(([, name = '', model, clip]) => {
    const weight = jsonNumber(model) ?? 1;
    const textEncoderWeight = jsonNumber(clip);
    return {
      name: name.trim(),
      weight,
      ...(textEncoderWeight !== undefined && textEncoderWeight !== weight && { textEncoderWeight }),
    };
  });
}
