import type { LoraReference } from '../../image-metadata.ts';
import {
  jsonArray,
  jsonDigits,
  jsonNumber,
  jsonText,
  type JsonObject,
  type JsonValue,
} from '../../json/json-value.ts';
import { definedOnly } from '../fields/defined-only.ts';
import { modelReference } from '../fields/model-reference.ts';
import { otherSettings } from '../fields/other-settings.ts';
import { promptText } from '../fields/prompt-text.ts';
import { objectGenerator } from '../object-generator.ts';

const taken: ReadonlySet<string> = new Set([
  'prompt',
  'negative_prompt',
  'steps',
  'cfg',
  'width',
  'height',
  'seed',
  'sampler',
  'scheduler',
  'base_model',
  'base_model_name',
  'base_model_hash',
  'base_clip_skip',
  'refiner_model',
  'loras',
  'denoise',
  'software',
  ...[1, 2, 3, 4, 5].flatMap((index) => [`l${index}`, `w${index}`]),
]);

/** Fooocus-MRE: JSON in the PNG text or JPEG comment, with its name or with `real_prompt`. */
export const fooocusMre = objectGenerator('fooocus-mre', (object) =>
  isFooocusMre(object) ? describeImage(object) : undefined,
);

function isFooocusMre(object: JsonObject): boolean {
  const isNamed = (jsonText(object['software']) ?? '').startsWith('Fooocus-MRE');
  return isNamed || (Array.isArray(object['real_prompt']) && typeof object['prompt'] === 'string');
}

function describeImage(object: JsonObject) {
  const name = jsonText(object['base_model_name'] ?? object['base_model']);
  const hash = jsonText(object['base_model_hash'])?.toLowerCase();
  const refiner = jsonText(object['refiner_model']);
  const version = /^Fooocus-MRE\s+(.+)$/.exec(jsonText(object['software']) ?? '')?.[1];
  const loras = [...jsonArray(object['loras']).flatMap(readLora), ...numberedLoras(object)];
  const base = definedOnly({
    seed: jsonDigits(object['seed']),
    steps: jsonNumber(object['steps']),
    cfgScale: jsonNumber(object['cfg']),
    sampler: jsonText(object['sampler']),
    scheduler: jsonText(object['scheduler']),
    denoise: jsonNumber(object['denoise']),
    model: modelReference(name, hash),
  });
  return definedOnly({
    prompt: promptText(object['prompt']),
    negativePrompt: promptText(object['negative_prompt']),
    ...base,
    clipSkip: clipSkip(object['base_clip_skip']),
    width: jsonNumber(object['width']),
    height: jsonNumber(object['height']),
    stages: isChosen(refiner)
      ? [
          { role: 'base' as const, ...base },
          { role: 'refiner' as const, model: { name: refiner } },
        ]
      : undefined,
    loras: loras.length > 0 ? loras : undefined,
    version,
    parameters: otherSettings(object, taken),
  });
}

/** Recorded as the layer to stop at, counted from the end. */
function clipSkip(value: JsonValue | undefined): number | undefined {
  const layer = jsonNumber(value);
  return layer === undefined ? undefined : Math.abs(layer);
}

function isChosen(name: string | undefined): name is string {
  return name !== undefined && !/^(?:none|not used)$/i.test(name);
}

/** `[name, weight]` or `{name, weight}` */
function readLora(value: JsonValue): readonly LoraReference[] {
  const [first, second] = Array.isArray(value) ? jsonArray(value) : pairOf(value);
  const name = jsonText(first);
  return isChosen(name) ? [{ name, ...definedOnly({ weight: jsonNumber(second) }) }] : [];
}

function pairOf(value: JsonValue): readonly (JsonValue | undefined)[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const record = value as JsonObject;
  return [record['name'], record['weight']];
}

/** Older versions number them: `l1` with `w1`. */
function numberedLoras(object: JsonObject): readonly LoraReference[] {
  return [1, 2, 3, 4, 5].flatMap((index) => {
    const name = jsonText(object[`l${index}`]);
    if (!isChosen(name)) return [];
    return [{ name, ...definedOnly({ weight: jsonNumber(object[`w${index}`]) }) }];
  });
}
