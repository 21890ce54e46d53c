import type { GenerationStage, LoraReference, ModelReference } from '../image-metadata.ts';
import {
  isJsonArray,
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
import { promptText } from './fields/prompt-text.ts';
import { objectGenerator } from './object-generator.ts';

const taken: ReadonlySet<string> = new Set([
  'prompt',
  'negativeprompt',
  'seed',
  'steps',
  'cfgscale',
  'fluxguidancescale',
  'sampler',
  'scheduler',
  'initimagecreativity',
  'clipstopatlayer',
  'width',
  'height',
  'model',
  'vae',
  'loras',
  'loraweights',
  'swarm_version',
  'refinercontrolpercentage',
  'refinermethod',
  'refinermodel',
  'refinerupscale',
  'refinerupscalemethod',
  'refinersteps',
  'refinercfgscale',
  'refinersampler',
  'refinerscheduler',
]);

/**
 * SwarmUI: JSON with `sui_image_params`, wherever it lies (mcmonkeyprojects/SwarmUI, docs/Image
 * Metadata Format.md). Width and height are those before refining.
 */
export const swarmui = objectGenerator('swarmui', (object) => {
  const settings = jsonObject(object['sui_image_params']);
  return settings && describeImage(settings, object);
});

function describeImage(settings: JsonObject, root: JsonObject) {
  const extra = jsonObject(root['sui_extra_data']) ?? {};
  const models = modelHashes(root['sui_models']);
  const layer = jsonNumber(settings['clipstopatlayer']);
  const model = modelOf(settings['model'], models);
  const refiner = refinerStage(settings, models, model);
  const base = definedOnly({
    seed: jsonDigits(settings['seed']),
    steps: jsonNumber(settings['steps']),
    cfgScale: jsonNumber(settings['cfgscale']),
    guidance: jsonNumber(settings['fluxguidancescale']),
    sampler: jsonText(settings['sampler']),
    scheduler: jsonText(settings['scheduler']),
    denoise: jsonNumber(settings['initimagecreativity']),
    width: jsonNumber(settings['width']),
    height: jsonNumber(settings['height']),
    model,
  });
  const loras = lorasOf(settings, models);
  const prompt = promptText(settings['prompt']);
  const negativePrompt = promptText(settings['negativeprompt']);
  return definedOnly({
    prompt,
    negativePrompt,
    ...base,
    clipSkip: layer === undefined ? undefined : Math.abs(layer),
    vae: jsonText(settings['vae']),
    loras: loras.length > 0 ? loras : undefined,
    stages: refiner && [
      { role: 'base' as const, ...definedOnly({ prompt, negativePrompt }), ...base },
      refiner,
    ],
    version: jsonText(settings['swarm_version']),
    date: jsonText(extra['date']),
    generationTime: seconds(extra['generation_time']),
    parameters: otherSettings({ ...settings, ...extra }, new Set([...taken, 'date'])),
  });
}

/** As SwarmUI prints spans of time: `5.94 sec`, `1.50 min`. */
function seconds(value: JsonValue | undefined): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?) (sec|min|hr)s?$/.exec(jsonText(value) ?? '') ?? [];
  const factors: Readonly<Record<string, number>> = { sec: 1, min: 60, hr: 3600 };
  return number === undefined ? undefined : Number(number) * (factors[unit] ?? 1);
}

/** The second pass; it is off unless it has a share of the steps. */
function refinerStage(
  settings: JsonObject,
  models: ReadonlyMap<string, string>,
  base: ModelReference | undefined,
): GenerationStage | undefined {
  const denoise = jsonNumber(settings['refinercontrolpercentage']);
  if (denoise === undefined || denoise === 0) return undefined;
  const model = modelOf(settings['refinermodel'], models);
  const upscaleBy = jsonNumber(settings['refinerupscale']);
  const isUpscaled = upscaleBy !== undefined && upscaleBy !== 1;
  return definedOnly({
    role: isUpscaled && model === undefined ? ('hires' as const) : ('refiner' as const),
    denoise,
    steps: jsonNumber(settings['refinersteps'] ?? settings['steps']),
    cfgScale: jsonNumber(settings['refinercfgscale'] ?? settings['cfgscale']),
    sampler: jsonText(settings['refinersampler'] ?? settings['sampler']),
    scheduler: jsonText(settings['refinerscheduler'] ?? settings['scheduler']),
    model: model ?? base,
    upscaleBy: isUpscaled ? upscaleBy : undefined,
    upscaler: isUpscaled ? jsonText(settings['refinerupscalemethod']) : undefined,
  });
}

/** Hashes by model name; written as `0x` and the SHA-256 of the tensors. */
function modelHashes(value: JsonValue | undefined): ReadonlyMap<string, string> {
  const hashes = new Map<string, string>();
  for (const entry of jsonArray(value)) {
    const { name, hash } = jsonObject(entry) ?? {};
    if (typeof name !== 'string' || typeof hash !== 'string') continue;
    hashes.set(plainName(name), hash.replace(/^0x/i, '').toLowerCase());
  }
  return hashes;
}

function plainName(name: string): string {
  return name.replace(/\.safetensors$/i, '');
}

function modelOf(
  value: JsonValue | undefined,
  hashes: ReadonlyMap<string, string>,
): ModelReference | undefined {
  const name = jsonText(value);
  // `(Use Base)` is what the field reads when no model was chosen.
  if (name === undefined || /^\((?:use base|none)\)$/i.test(name)) return undefined;
  const hash = hashes.get(plainName(name));
  return { name, ...(hash !== undefined && { hash }) };
}

/** LoRAs and their weights are two lists, each a JSON list or a text with commas. */
function lorasOf(settings: JsonObject, hashes: ReadonlyMap<string, string>): readonly LoraReference[] {
  const weights = listOf(settings['loraweights']);
  return listOf(settings['loras']).flatMap((value, index) => {
    const name = jsonText(value)?.trim();
    if (name === undefined) return [];
    const weight = jsonNumber(weights[index]);
    const hash = hashes.get(plainName(name));
    return [{ name, ...definedOnly({ weight, hash }) }];
  });
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (isJsonArray(value)) return value;
  if (typeof value === 'number') return [value];
  return typeof value === 'string' && value !== '' ? value.split(',').map((part) => part.trim()) : [];
}
