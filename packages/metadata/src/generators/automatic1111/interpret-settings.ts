import type { Generation, GenerationStage, LoraReference, ModelReference } from '../../image-metadata.ts';
import { jsonDigits, jsonNumber } from '../../json/json-value.ts';
import { definedOnly } from '../fields/defined-only.ts';
import { modelReference } from '../fields/model-reference.ts';
import { readCivitaiResources } from './civitai-resources.ts';
import { promptLoras } from './extra-networks.ts';
import { takeListedLoras, takeLoraWeights, takeNumberedLoras, withWeights } from './lora-lists.ts';
import { takeHashes, withHashes } from './recorded-hashes.ts';
import { isSdcpp, sdcppLoras, splitSdcppSampler } from './sdcpp-record.ts';
import type { Settings } from './settings.ts';
import { splitSampler } from './split-sampler.ts';

/** The normal form of an infotext. Takes from `settings` what has a field of its own. */
export function interpretSettings(
  prompt: string,
  negativePrompt: string | undefined,
  settings: Settings,
): Generation {
  const hashes = takeHashes(settings);
  const civitai = readCivitaiResources(settings.get('Civitai resources'));
  const { sampler, scheduler } = takeSampler(settings);
  const steps = takeNumber(settings, 'Steps');
  const cfgScale = takeNumber(settings, 'CFG scale');
  const guidance = takeNumber(settings, 'Distilled CFG Scale', 'Guidance');
  const seed = takeSeed(settings);
  const { width, height } = takeSize(settings, 'Size');
  const denoise = takeNumber(settings, 'Denoising strength');
  const model = withListedName(takeModel(settings, hashes.model), civitai.model);
  const hires = takeHires(settings, denoise);
  const later = [hires, takeRefiner(settings)].filter(isDefined);
  // Of an image that was enlarged, the strength is that of the second pass.
  const base = { seed, steps, cfgScale, guidance, sampler, scheduler, denoise: hires ? undefined : denoise };
  const loras = takeLoras(prompt, settings, hashes.loras, civitai.loras);
  const embeddings = hashes.embeddings.length > 0 ? hashes.embeddings : civitai.embeddings;
  // Spelled out: spreading the parts into one another costs more than all else here.
  return definedOnly({
    prompt: prompt === '' ? undefined : prompt,
    negativePrompt: negativePrompt === '' ? undefined : negativePrompt,
    sampler: base.sampler,
    scheduler: base.scheduler,
    steps: base.steps,
    cfgScale: base.cfgScale,
    guidance: base.guidance,
    seed: base.seed,
    denoise: base.denoise,
    width,
    height,
    clipSkip: takeNumber(settings, 'Clip skip'),
    model,
    vae: takeText(settings, 'VAE') ?? civitai.vae,
    loras: loras.length === 0 ? undefined : loras,
    embeddings: embeddings.length === 0 ? undefined : embeddings,
    stages:
      later.length === 0
        ? undefined
        : [definedOnly({ role: 'base' as const, ...base, width, height, model }), ...later],
    version: takeText(settings, 'Version'),
    date: takeText(settings, 'Created Date'),
    generationTime: takeSeconds(settings, 'Generation time'),
    parameters: takeRest(settings),
  });
}

/** Files have hashes, Civitai's lists have names of its site. */
function withListedName(
  recorded: ModelReference | undefined,
  listed: ModelReference | undefined,
): ModelReference | undefined {
  return recorded?.name === undefined && listed !== undefined ? { ...listed, ...recorded } : recorded;
}

/**
 * LoRAs of the prompt and of the settings. Civitai's own list has names of its site, where others have those of files:
 * beside a text that names its LoRAs itself it would name them twice.
 */
function takeLoras(
  prompt: string,
  settings: Settings,
  hashes: ReadonlyMap<string, string>,
  civitai: readonly LoraReference[],
): readonly LoraReference[] {
  const weights = takeLoraWeights(settings);
  const written = [
    ...promptLoras(prompt),
    ...takeAddNet(settings),
    ...takeNumberedLoras(settings),
    ...takeListedLoras(settings, weights),
  ];
  const named = withHashes(written.length === 0 ? sdcppLoras(settings) : written, hashes);
  if (named.length === 0) return civitai;
  const listed = hashes.size > 0 ? [...hashes.keys()] : written.map(({ name }) => name);
  return withWeights(named, listed, weights);
}

function isDefined<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function takeText(settings: Settings, ...keys: string[]): string | undefined {
  const value = settings.get(...keys)?.trim();
  if (value === undefined || value === '') return undefined;
  settings.take(...keys);
  return value;
}

/** A number, left among the parameters when it is none. */
function takeNumber(settings: Settings, ...keys: string[]): number | undefined {
  const value = jsonNumber(settings.get(...keys));
  if (value !== undefined) settings.take(...keys);
  return value;
}

/** `12.5`, `12.5s`, `12.5 sec`. */
function takeSeconds(settings: Settings, key: string): number | undefined {
  const seconds = /^(\d+(?:\.\d+)?) ?(?:s|secs?|seconds?)?$/i.exec(settings.get(key)?.trim() ?? '')?.[1];
  if (seconds === undefined) return undefined;
  settings.take(key);
  return Number(seconds);
}

function takeSeed(settings: Settings): string | undefined {
  const seed = jsonDigits(settings.get('Seed'));
  if (seed !== undefined) settings.take('Seed');
  return seed;
}

function takeSize(
  settings: Settings,
  key: string,
): { width: number | undefined; height: number | undefined } {
  const match = /^(\d{1,6})\s*[x×]\s*(\d{1,6})$/i.exec(settings.get(key) ?? '');
  if (match === null) return { width: undefined, height: undefined };
  settings.take(key);
  return { width: Number(match[1]) || undefined, height: Number(match[2]) || undefined };
}

/** Leaves the sampler as recorded among the parameters where it had to be split. */
function takeSampler(settings: Settings): { sampler?: string; scheduler?: string } {
  const recorded = settings.get('Sampler')?.trim();
  const scheduler =
    takeText(settings, 'Schedule type') ??
    (recorded === undefined ? undefined : takeText(settings, 'Scheduler'));
  // Civitai writes "Undefined" where its workflow has no sampler setting.
  if (recorded === undefined || recorded === '' || recorded === 'Undefined') {
    return scheduler === undefined ? {} : { scheduler };
  }
  if (scheduler !== undefined) {
    settings.take('Sampler');
    return { sampler: recorded, scheduler };
  }
  const split = isSdcpp(settings) ? splitSdcppSampler(recorded) : splitSampler(recorded);
  if (split.scheduler === undefined) settings.take('Sampler');
  return split;
}

/** stable-diffusion.cpp leaves the name of the model empty where its parts were given one by one. */
function takeModelPart(settings: Settings): string | undefined {
  if (!settings.has('Unet') || !isSdcpp(settings)) return undefined;
  settings.take('Model');
  return takeText(settings, 'Unet');
}

function takeModel(settings: Settings, recordedHash: string | undefined): ModelReference | undefined {
  const name = takeText(settings, 'Model') ?? takeModelPart(settings);
  const written = takeText(settings, 'Model hash')?.toLowerCase();
  const hash = written === undefined || written === 'unknown' ? recordedHash : written;
  return reference(name, hash);
}

function reference(name: string | undefined, hash: string | undefined): ModelReference | undefined {
  return modelReference(name, hash);
}

/** `name [hash]` */
function namedWithHash(text: string | undefined): ModelReference | undefined {
  if (text === undefined) return undefined;
  const match = /^(.*\S)\s*\[([\da-f]{6,64})\]$/i.exec(text);
  return match === null ? { name: text } : reference(match[1], match[2]?.toLowerCase());
}

function takeHires(settings: Settings, denoise: number | undefined): GenerationStage | undefined {
  const upscaleBy = takeNumber(settings, 'Hires upscale') ?? takeNumber(settings, 'Hires scale');
  const size = takeSize(settings, settings.has('Hires resize') ? 'Hires resize' : 'Hires size');
  // stable-diffusion.cpp has the name where others have the factor.
  const upscaler = takeText(settings, 'Hires upscaler') ?? takeText(settings, 'Hires upscale');
  const steps = takeNumber(settings, 'Hires steps');
  const isHires = [upscaleBy, size.width, size.height, upscaler, steps].some(isDefined);
  if (!isHires) return undefined;
  return definedOnly({
    role: 'hires' as const,
    upscaleBy,
    ...size,
    upscaler,
    steps,
    denoise: takeNumber(settings, 'Hires strength') ?? denoise,
    sampler: takeText(settings, 'Hires sampler'),
    scheduler: takeText(settings, 'Hires schedule type'),
    cfgScale: takeNumber(settings, 'Hires CFG Scale'),
    guidance: takeNumber(settings, 'Hires Distilled CFG Scale'),
    model: namedWithHash(takeText(settings, 'Hires checkpoint')),
    prompt: takeText(settings, 'Hires prompt'),
    negativePrompt: takeText(settings, 'Hires negative prompt'),
  });
}

function takeRefiner(settings: Settings): GenerationStage | undefined {
  const model = namedWithHash(takeText(settings, 'Refiner'));
  return model === undefined ? undefined : { role: 'refiner', model };
}

/** `AddNet Model 1: name(hash)` with `AddNet Weight A 1`: sd-webui-additional-networks. */
function takeAddNet(settings: Settings) {
  const models = settings.takeMatching(/^AddNet Model \d+$/);
  return models.flatMap(([key, value]) => {
    const [, name, hash] = /^(.*?)\s*(?:\(([\da-f]{6,64})\))?$/i.exec(value) ?? [];
    if (name === undefined || name === '' || name === 'None') return [];
    const number = key.slice('AddNet Model '.length);
    const weight = jsonNumber(settings.get(`AddNet Weight ${number}`, `AddNet Weight A ${number}`));
    return [definedOnly({ name, weight, hash: hash?.toLowerCase() })];
  });
}

function takeRest(settings: Settings): Record<string, string> | undefined {
  const rest = settings.rest();
  return Object.keys(rest).length === 0 ? undefined : rest;
}
