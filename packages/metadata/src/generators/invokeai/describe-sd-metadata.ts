import type { Description, PromptSegment } from '../../image-metadata.ts';
import {
  jsonArray,
  jsonDigits,
  jsonNumber,
  jsonObject,
  jsonText,
  type JsonObject,
  type JsonValue,
} from '../../json/json-value.ts';
import { definedOnly } from '../fields/defined-only.ts';
import { modelReference } from '../fields/model-reference.ts';
import { otherSettings } from '../fields/other-settings.ts';
import { splitBracketed } from './split-bracketed.ts';

const taken: ReadonlySet<string> = new Set([
  'prompt',
  'steps',
  'cfg_scale',
  'seed',
  'sampler',
  'width',
  'height',
  'strength',
]);

/** InvokeAI 2: `sd-metadata`, with the settings of the picture in `image`. */
export function describeSdMetadata(object: JsonObject): Description | undefined {
  const image = jsonObject(object['image']);
  const isOurs = /invoke|lstein/i.test(jsonText(object['app_id']) ?? '') || 'model_weights' in object;
  if (image === undefined || !isOurs) return undefined;
  const weighted = promptParts(image['prompt']);
  const { prompt, negativePrompt } = splitBracketed(weighted.map(({ text }) => text).join('\n'));
  const name = jsonText(object['model_weights'] ?? object['model']);
  const hash = jsonText(object['model_hash'])?.toLowerCase();
  const generation = definedOnly({
    prompt,
    negativePrompt,
    promptSegments: weighted.length > 1 ? weighted : undefined,
    seed: jsonDigits(image['seed']),
    steps: jsonNumber(image['steps']),
    cfgScale: jsonNumber(image['cfg_scale']),
    sampler: jsonText(image['sampler']),
    denoise: jsonNumber(image['strength']),
    width: jsonNumber(image['width']),
    height: jsonNumber(image['height']),
    model: modelReference(name, hash),
    version: jsonText(object['app_version']),
    parameters: otherSettings(image, taken),
  });
  return { generator: 'invokeai', generation };
}

/** A text, or a list of texts with their weights. */
function promptParts(value: JsonValue | undefined): readonly PromptSegment[] {
  if (typeof value === 'string') return [{ text: value }];
  return jsonArray(value).flatMap((part, index) => {
    const { prompt, weight } = jsonObject(part) ?? {};
    if (typeof prompt !== 'string') return [];
    const joins = index > 0 && { relation: 'average' as const };
    return [{ text: prompt, ...joins, ...definedOnly({ weight: jsonNumber(weight) }) }];
  });
}
