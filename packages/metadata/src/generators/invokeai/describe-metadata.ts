import type { Generation, GenerationStage, LoraReference, ModelReference } from '../../image-metadata.ts';
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
import { promptText } from '../fields/prompt-text.ts';

const taken: ReadonlySet<string> = new Set([
  'positive_prompt',
  'negative_prompt',
  'positive_style_prompt',
  'negative_style_prompt',
  'seed',
  'steps',
  'cfg_scale',
  'guidance',
  'scheduler',
  'strength',
  'width',
  'height',
  'model',
  'vae',
  'loras',
  'clip_skip',
  'app_version',
  'refiner_model',
  'refiner_steps',
  'refiner_cfg_scale',
  'refiner_scheduler',
  'refiner_start',
  'hrf_enabled',
  'hrf_method',
  'hrf_strength',
]);

/** The settings that InvokeAI 3 and later record beside the graph. */
export function describeMetadata(record: JsonObject): Generation {
  const base = definedOnly({
    seed: jsonDigits(record['seed']),
    steps: jsonNumber(record['steps']),
    cfgScale: jsonNumber(record['cfg_scale']),
    guidance: jsonNumber(record['guidance']),
    // InvokeAI's "scheduler" is what others call the sampler.
    sampler: jsonText(record['scheduler']),
    denoise: jsonNumber(record['strength']),
    model: readModel(record['model']),
  });
  const later = [hiresStage(record), refinerStage(record)].filter((stage) => stage !== undefined);
  const loras = jsonArray(record['loras']).flatMap(readLora);
  const skipped = jsonNumber(record['clip_skip']);
  return definedOnly({
    prompt: promptText(record['positive_prompt']),
    negativePrompt: promptText(record['negative_prompt']),
    ...base,
    // Counted here as layers left out, elsewhere as the layer to stop at.
    clipSkip: skipped === undefined || skipped === 0 ? undefined : skipped + 1,
    width: jsonNumber(record['width']),
    height: jsonNumber(record['height']),
    vae: readModel(record['vae'])?.name,
    loras: loras.length > 0 ? loras : undefined,
    stages: later.length > 0 ? [{ role: 'base' as const, ...base }, ...later] : undefined,
    version: jsonText(record['app_version']),
    parameters: otherSettings(withStylePrompts(record), taken),
  });
}

function withStylePrompts(record: JsonObject): JsonObject {
  const { positive_style_prompt: positive, negative_style_prompt: negative, ...others } = record;
  return { ...others, 'Style prompt': positive, 'Negative style prompt': negative };
}

/** `model_name` in version 3, `name` and `hash` from version 4 on. */
export function readModel(value: JsonValue | undefined): ModelReference | undefined {
  if (typeof value === 'string') return value === '' ? undefined : { name: value };
  const model = jsonObject(value);
  const name = jsonText(model?.['name'] ?? model?.['model_name']);
  const hash = jsonText(model?.['hash'])?.toLowerCase();
  return modelReference(name, hash);
}

/** The model of a LoRA is called `lora` in version 3 and `model` later. */
function readLora(value: JsonValue): readonly LoraReference[] {
  const entry = jsonObject(value);
  const model = readModel(entry?.['model'] ?? entry?.['lora']);
  if (model?.name === undefined) return [];
  const weight = jsonNumber(entry?.['weight']);
  return [{ name: model.name, ...definedOnly({ weight, hash: model.hash }) }];
}

function hiresStage(record: JsonObject): GenerationStage | undefined {
  if (record['hrf_enabled'] !== true) return undefined;
  return definedOnly({
    role: 'hires' as const,
    upscaler: jsonText(record['hrf_method']),
    denoise: jsonNumber(record['hrf_strength']),
  });
}

function refinerStage(record: JsonObject): GenerationStage | undefined {
  const model = readModel(record['refiner_model']);
  if (model === undefined) return undefined;
  return definedOnly({
    role: 'refiner' as const,
    model,
    steps: jsonNumber(record['refiner_steps']),
    cfgScale: jsonNumber(record['refiner_cfg_scale']),
    sampler: jsonText(record['refiner_scheduler']),
    denoise: refinerShare(record['refiner_start']),
  });
}

/** Recorded as where in the run the refiner begins. */
function refinerShare(value: JsonValue | undefined): number | undefined {
  const start = jsonNumber(value);
  return start === undefined ? undefined : Math.round((1 - start) * 1000) / 1000;
}
