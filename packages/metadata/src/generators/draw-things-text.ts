import type { JsonObject } from '../json/json-value.ts';
import type { InfotextParts } from './automatic1111/split-infotext.ts';

/**
 * Whether the parts are those of the description that Draw Things writes beside its record: the settings of the A1111
 * family with names of its own, below a negative prompt that a hyphen opens.
 */
export function isDrawThingsText({ settings }: InfotextParts): boolean {
  const has = (name: string) => settings.some(([key]) => key === name);
  return has('Guidance Scale') && has('Strength') && has('Sampler') && !has('CFG scale');
}

/** The description under the names that the record has; what the record has no name for keeps its own. */
export function drawThingsRecord({ prompt, settings }: InfotextParts): JsonObject {
  const values = new Map(settings);
  const lines = prompt.split('\n');
  const mark = lines.findLastIndex((line) => line.startsWith('-'));
  const others = settings.filter(([key]) => !(key in names) && !loraKey.test(key));
  const named = Object.entries(names).map(([key, name]) => [name, values.get(key)]);
  return {
    ...Object.fromEntries(others),
    ...Object.fromEntries(named.filter(([, value]) => value !== undefined)),
    c: (mark < 0 ? prompt : lines.slice(0, mark).join('\n')).trim(),
    ...(mark >= 0 && { uc: lines.slice(mark).join('\n').slice(1).trim() }),
    lora: lorasOf(values),
  };
}

const names: Readonly<Record<string, string>> = {
  Steps: 'steps',
  Sampler: 'sampler',
  'Guidance Scale': 'scale',
  Seed: 'seed',
  Size: 'size',
  Model: 'model',
  Strength: 'strength',
  'CLIP Skip': 'clip_skip',
};
const loraKey = /^LoRA (?:\d+ )?(?:Model|Weight)$/;

/** `LoRA Model` and `LoRA Weight` of one, `LoRA 1 Model` and so on of several. */
function lorasOf(values: ReadonlyMap<string, string>): readonly JsonObject[] {
  return [...values].flatMap(([key, model]): JsonObject[] => {
    if (!/^LoRA (?:\d+ )?Model$/.test(key)) return [];
    const weight = values.get(key.replace(/Model$/, 'Weight'));
    return [{ model, ...(weight !== undefined && { weight }) }];
  });
}
