import type { Description, LoraReference } from '../image-metadata.ts';
import {
  jsonArray,
  jsonDigits,
  jsonNumber,
  jsonObject,
  jsonText,
  type JsonObject,
  type JsonValue,
} from '../json/json-value.ts';
import { definedOnly } from './fields/defined-only.ts';
import { otherSettings } from './fields/other-settings.ts';
import { pixelSize } from './fields/pixel-size.ts';
import { promptText } from './fields/prompt-text.ts';
import { splitInfotext } from './automatic1111/split-infotext.ts';
import { drawThingsRecord, isDrawThingsText } from './draw-things-text.ts';
import { embeddedObjects } from './embedded-objects.ts';
import type { Generator } from './generator.ts';

const taken: ReadonlySet<string> = new Set([
  'c',
  'uc',
  'seed',
  'steps',
  'scale',
  'sampler',
  'strength',
  'size',
  'model',
  'lora',
  'v2',
  'clip_skip',
]);

/**
 * Draw Things: JSON in the UserComment of the XMP packet, with `c` and `uc` for the prompts; where a copy has lost it,
 * the description beside it.
 */
export const drawThings: Generator = {
  id: 'draw-things',
  parse({ embedded }) {
    const records = embeddedObjects(embedded).filter(({ object }) => isDrawThings(object));
    if (records.length > 0) return records.map(({ object }) => described(object));
    return embedded.flatMap(({ text }) => {
      const parts = text.includes('Guidance Scale: ') ? splitInfotext(text) : undefined;
      return parts !== undefined && isDrawThingsText(parts) ? [described(drawThingsRecord(parts))] : [];
    });
  },
};

function described(object: JsonObject): Description {
  return { generator: 'draw-things', generation: describeImage(object) };
}

function isDrawThings(object: JsonObject): boolean {
  return (
    typeof object['c'] === 'string' &&
    ('v2' in object || 'uc' in object) &&
    'sampler' in object &&
    'scale' in object &&
    'size' in object
  );
}

function describeImage(object: JsonObject) {
  const details = jsonObject(object['v2']) ?? {};
  const name = jsonText(object['model']);
  const loras = jsonArray(object['lora'] ?? details['loras']).flatMap(readLora);
  const skip = jsonNumber(details['clipSkip'] ?? object['clip_skip']);
  return definedOnly({
    prompt: promptText(object['c']),
    negativePrompt: promptText(object['uc']),
    seed: jsonDigits(object['seed']),
    steps: jsonNumber(object['steps']),
    cfgScale: jsonNumber(object['scale']),
    sampler: jsonText(object['sampler']),
    denoise: jsonNumber(object['strength']),
    ...pixelSize(object['size']),
    clipSkip: skip,
    model: name === undefined ? undefined : { name },
    loras: loras.length > 0 ? loras : undefined,
    parameters: otherSettings({ ...details, ...object }, new Set([...taken, ...repeated])),
  });
}

/** Settings that `v2` says again under longer names. */
const repeated = ['loras', 'clipSkip', 'guidanceScale', 'width', 'height'];

/** `{model, weight}`, in `v2` `{file, weight}` */
function readLora(value: JsonValue): readonly LoraReference[] {
  const lora = jsonObject(value);
  const name = jsonText(lora?.['model'] ?? lora?.['file']);
  return name === undefined ? [] : [{ name, ...definedOnly({ weight: jsonNumber(lora?.['weight']) }) }];
}
