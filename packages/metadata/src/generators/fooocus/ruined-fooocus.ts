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
  'Prompt',
  'prompt',
  'Negative',
  'steps',
  'cfg',
  'width',
  'height',
  'seed',
  'sampler_name',
  'scheduler',
  'base_model_name',
  'base_model_hash',
  'loras',
  'denoise',
  'clip_skip',
  'software',
]);

/** RuinedFooocus: JSON that names it in `software`; in PNG, GIF and (as tag `metadata`) MP4. */
export const ruinedFooocus = objectGenerator('ruined-fooocus', (object) =>
  object['software'] === 'RuinedFooocus' ? describeImage(object) : undefined,
);

function describeImage(object: JsonObject) {
  const name = jsonText(object['base_model_name']);
  const hash = jsonText(object['base_model_hash'])?.toLowerCase();
  const loras = jsonArray(object['loras']).flatMap(readLora);
  return definedOnly({
    // When a video's settings cannot be written, only the prompt is, in lower case.
    prompt: promptText(object['Prompt'] ?? object['prompt']),
    negativePrompt: promptText(object['Negative']),
    seed: jsonDigits(object['seed']),
    steps: jsonNumber(object['steps']),
    cfgScale: jsonNumber(object['cfg']),
    sampler: jsonText(object['sampler_name']),
    scheduler: jsonText(object['scheduler']),
    denoise: jsonNumber(object['denoise']),
    clipSkip: jsonNumber(object['clip_skip']),
    width: jsonNumber(object['width']),
    height: jsonNumber(object['height']),
    model: modelReference(name, hash),
    loras: loras.length > 0 ? loras : undefined,
    parameters: otherSettings(object, taken),
  });
}

/** `[hash, "0.8 - name.safetensors"]` */
function readLora(value: JsonValue): readonly LoraReference[] {
  const [hash, text] = jsonArray(value);
  const match = /^(-?[\d.]+) - (.+)$/s.exec(jsonText(text) ?? '');
  if (match === null) return [];
  const weight = jsonNumber(match[1]);
  return [{ name: match[2] ?? '', ...definedOnly({ weight, hash: jsonText(hash)?.toLowerCase() }) }];
}
