import { jsonNumber, type JsonValue } from '../../../json/json-value.ts';
import type { AppliedLora } from './node-kind.ts';

/** A LoRA of a node; nothing where the node stands empty (`None`). */
export function loraOf(
  name: JsonValue | undefined,
  weight: JsonValue | undefined,
  textEncoderWeight?: JsonValue,
): readonly AppliedLora[] {
  if (typeof name !== 'string' || name === '' || /^none$/i.test(name)) return [];
  const model = jsonNumber(weight);
  const clip = jsonNumber(textEncoderWeight);
  return [
    {
      name,
      ...(model !== undefined && { weight: model }),
      ...(clip !== undefined && clip !== model && { textEncoderWeight: clip }),
      ...(model === 0 && (clip ?? 0) === 0 && { active: false }),
    },
  ];
}
