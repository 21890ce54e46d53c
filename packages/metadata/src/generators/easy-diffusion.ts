import type { Description, EmbeddedText, LoraReference } from '../image-metadata.ts';
import {
  isJsonArray,
  jsonDigits,
  jsonNumber,
  jsonText,
  type JsonObject,
  type JsonValue,
} from '../json/json-value.ts';
import { definedOnly } from './fields/defined-only.ts';
import { embeddedObjects } from './embedded-objects.ts';
import type { Generator } from './generator.ts';
import { otherSettings } from './fields/other-settings.ts';
import { promptText } from './fields/prompt-text.ts';

/** Names of version 2.4 and of the text beside a picture, by the present ones. */
const formerNames: Readonly<Record<string, string>> = {
  Prompt: 'prompt',
  'Negative Prompt': 'negative_prompt',
  Seed: 'seed',
  Steps: 'num_inference_steps',
  'Guidance Scale': 'guidance_scale',
  'Prompt Strength': 'prompt_strength',
  Sampler: 'sampler_name',
  Width: 'width',
  Height: 'height',
  'Stable Diffusion model': 'use_stable_diffusion_model',
  'Stable Diffusion Model': 'use_stable_diffusion_model',
  'VAE model': 'use_vae_model',
  'VAE Model': 'use_vae_model',
  'LoRA model': 'use_lora_model',
  'LoRA Model': 'use_lora_model',
  'LoRA Strength': 'lora_alpha',
  'Hypernetwork model': 'use_hypernetwork_model',
  'Hypernetwork Strength': 'hypernetwork_strength',
  'Clip Skip': 'clip_skip',
  'Use Face Correction': 'use_face_correction',
  'Use Upscaling': 'use_upscale',
  'Upscale By': 'upscale_amount',
  'ControlNet model': 'use_controlnet_model',
  'ControlNet Model': 'use_controlnet_model',
  'Embedding models': 'use_embeddings_model',
  'Seamless Tiling': 'tiling',
  Scheduler: 'scheduler_name',
  'Distilled Guidance Scale': 'distilled_guidance_scale',
  'ControlNet Strength': 'control_alpha',
};

const modelKey = 'use_stable_diffusion_model';
/** How Easy Diffusion calls the model; no other tool does. */
export const modelNames: readonly string[] = [
  modelKey,
  ...Object.keys(formerNames).filter((name) => formerNames[name] === modelKey),
];

const taken: ReadonlySet<string> = new Set([
  'prompt',
  'negative_prompt',
  'seed',
  'num_inference_steps',
  'guidance_scale',
  'distilled_guidance_scale',
  'prompt_strength',
  'sampler_name',
  'scheduler_name',
  'width',
  'height',
  'use_stable_diffusion_model',
  'use_vae_model',
  'use_lora_model',
  'lora_alpha',
  'clip_skip',
]);

/** Easy Diffusion: one PNG text for each setting, JSON in EXIF and sidecars, or lines of text. */
export const easyDiffusion: Generator = {
  id: 'easy-diffusion',
  parse({ embedded }) {
    const descriptions: Description[] = [];
    const consider = (record: JsonObject): void => {
      if (isRecord(record)) {
        descriptions.push({ generator: 'easy-diffusion', generation: describeImage(record) });
      }
    };
    if (embedded.some(({ key }) => modelNames.includes(key))) consider(fromChunks(embedded));
    for (const { object } of embeddedObjects(embedded)) {
      // Spares the others, which are nearly all, a copy under other names.
      if (modelNames.some((name) => name in object)) consider(underPresentNames(object));
    }
    for (const text of embedded) if (text.location.startsWith('sidecar:')) consider(fromLines(text));
    return descriptions;
  },
};

/** No other tool names its model and its steps so; `prompt` alone says nothing. */
function isRecord(record: JsonObject): boolean {
  const isText = (key: string): boolean => typeof record[key] === 'string' && record[key] !== '';
  const hasModel = isText(modelKey);
  return hasModel && ('num_inference_steps' in record || 'seed' in record);
}

function fromChunks(embedded: readonly EmbeddedText[]): JsonObject {
  const chunks = embedded.filter(({ location }) => location.startsWith('png:'));
  return underPresentNames(Object.fromEntries(chunks.map(({ key, text }) => [key, text])));
}

function underPresentNames(record: JsonObject): JsonObject {
  const renamed = Object.entries(record).map(([key, value]) => [
    Object.hasOwn(formerNames, key) ? (formerNames[key] ?? key) : key,
    value,
  ]);
  return Object.fromEntries(renamed) as JsonObject;
}

const prompts: ReadonlySet<string> = new Set(['Prompt', 'Negative Prompt']);

/** `Key: value` lines; older files begin with the prompt alone, and prompts may have several lines. */
function fromLines({ text }: EmbeddedText): JsonObject {
  const values = new Map<string, string>();
  let current = 'Prompt';
  for (const line of text.split(/\r?\n/)) {
    const key = keyOf(line);
    // Inside a prompt, only what is known to follow it ends it.
    const opens = key !== undefined && (Object.hasOwn(formerNames, key) || !prompts.has(current));
    if (!opens && !prompts.has(current)) continue;
    if (opens) current = key;
    const value = opens ? line.slice(current.length + 1).trim() : line;
    const before = values.get(current);
    values.set(current, before === undefined ? value : `${before}\n${value}`);
  }
  return underPresentNames(Object.fromEntries(values));
}

function keyOf(line: string): string | undefined {
  return /^([A-Za-z][A-Za-z ]{0,40}):/.exec(line)?.[1];
}

function describeImage(record: JsonObject) {
  const loras = lorasOf(record['use_lora_model'], record['lora_alpha']);
  const skips = record['clip_skip'];
  const { tool: _tool, ...others } = record;
  return definedOnly({
    prompt: promptText(record['prompt']),
    negativePrompt: promptText(record['negative_prompt']),
    seed: jsonDigits(record['seed']),
    steps: jsonNumber(record['num_inference_steps']),
    cfgScale: jsonNumber(record['guidance_scale']),
    guidance: jsonNumber(record['distilled_guidance_scale']),
    sampler: jsonText(record['sampler_name']),
    scheduler: chosen(record['scheduler_name']),
    denoise: jsonNumber(record['prompt_strength']),
    // A switch here: the last layer is left out, or not.
    clipSkip: skips === true || skips === 'true' || skips === 'True' ? 2 : undefined,
    width: jsonNumber(record['width']),
    height: jsonNumber(record['height']),
    model: modelOf(record[modelKey]),
    vae: chosen(record['use_vae_model']),
    loras: loras.length > 0 ? loras : undefined,
    parameters: otherSettings(others, taken),
  });
}

function chosen(value: JsonValue | undefined): string | undefined {
  const text = jsonText(value);
  return text === undefined || /^(?:none|null|undefined)$/i.test(text) ? undefined : text;
}

function modelOf(value: JsonValue | undefined) {
  const name = chosen(value);
  return name === undefined ? undefined : { name };
}

/** One name or several, with as many strengths; lists come as JSON or with commas. */
function lorasOf(names: JsonValue | undefined, strengths: JsonValue | undefined): readonly LoraReference[] {
  const weights = listOf(strengths);
  return listOf(names).flatMap((value, index) => {
    const name = chosen(value);
    return name === undefined ? [] : [{ name, ...definedOnly({ weight: jsonNumber(weights[index]) }) }];
  });
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (isJsonArray(value)) return value;
  if (typeof value === 'string') {
    return value
      .replaceAll(/^\[|\]$/g, '')
      .split(',')
      .map((part) => part.trim().replaceAll(/^['"]|['"]$/g, ''));
  }
  return value === undefined ? [] : [value];
}
