import type { Description, GenerationStage, LoraReference } from '../../image-metadata.ts';
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
import { pixelSize } from '../fields/pixel-size.ts';
import { promptText } from '../fields/prompt-text.ts';

const taken: ReadonlySet<string> = new Set([
  'prompt',
  'negative_prompt',
  'seed',
  'steps',
  'guidance_scale',
  'sampler',
  'scheduler',
  'resolution',
  'base_model',
  'base_model_hash',
  'refiner_model',
  'refiner_model_hash',
  'refiner_switch',
  'vae',
  'loras',
  'clip_skip',
  'version',
  'metadata_scheme',
]);
const numberedLora = /^(?:lora_combined_|lora_)\d+$/;

/** A record of Fooocus, under its own names; those of the log's labels are brought into them. */
export function describeFooocus(record: JsonObject): Description {
  const settings = underOwnNames(record);
  const name = jsonText(settings['base_model']);
  const hash = jsonText(settings['base_model_hash'])?.toLowerCase();
  const base = definedOnly({
    seed: jsonDigits(settings['seed']),
    steps: jsonNumber(settings['steps']),
    cfgScale: jsonNumber(settings['guidance_scale']),
    sampler: jsonText(settings['sampler']),
    scheduler: jsonText(settings['scheduler']),
    ...pixelSize(settings['resolution']),
    model: modelReference(name, hash),
  });
  const refiner = refinerStage(settings);
  const loras = lorasOf(settings);
  const vae = jsonText(settings['vae']);
  const numbered = Object.keys(settings).filter((key) => numberedLora.test(key));
  const generation = definedOnly({
    prompt: promptText(settings['prompt']),
    negativePrompt: promptText(settings['negative_prompt']),
    ...base,
    clipSkip: jsonNumber(settings['clip_skip']),
    vae: vae === 'Default (model)' ? undefined : vae,
    loras: loras.length > 0 ? loras : undefined,
    stages: refiner && [{ role: 'base' as const, ...base }, refiner],
    version: jsonText(settings['version'])?.replace(/^Fooocus v/, ''),
    parameters: otherSettings(settings, new Set([...taken, ...numbered])),
  });
  return { generator: 'fooocus', generation };
}

/** `Base Model` and `base_model` are one. */
function underOwnNames(record: JsonObject): JsonObject {
  const renamed = Object.entries(record).map(([key, value]) => [
    key.toLowerCase().replaceAll(' ', '_'),
    value,
  ]);
  return Object.fromEntries(renamed) as JsonObject;
}

function refinerStage(settings: JsonObject): GenerationStage | undefined {
  const name = jsonText(settings['refiner_model']);
  if (name === undefined || name === 'None') return undefined;
  const start = jsonNumber(settings['refiner_switch']);
  const hash = jsonText(settings['refiner_model_hash'])?.toLowerCase();
  return definedOnly({
    role: 'refiner' as const,
    model: definedOnly({ name, hash }),
    denoise: start === undefined ? undefined : Math.round((1 - start) * 1000) / 1000,
  });
}

/** `loras` has `[name, weight, hash]`; the numbered ones, `name : weight`, repeat them. */
function lorasOf(settings: JsonObject): readonly LoraReference[] {
  const listed = jsonArray(settings['loras']).flatMap((value): readonly LoraReference[] => {
    const [name, weight, hash] = jsonArray(value);
    const text = jsonText(name);
    return text === undefined ? [] : [loraOf(text, weight, hash)];
  });
  if (listed.length > 0) return listed;
  return Object.entries(settings).flatMap(([key, value]) => {
    const match = numberedLora.test(key) ? /^(.+?) : (-?[\d.]+)$/s.exec(jsonText(value) ?? '') : null;
    return match === null ? [] : [loraOf(match[1] ?? '', match[2], undefined)];
  });
}

function loraOf(name: string, weight: JsonValue | undefined, hash: JsonValue | undefined): LoraReference {
  return {
    name,
    ...definedOnly({ weight: jsonNumber(weight), hash: jsonText(hash)?.toLowerCase() }),
  };
}
