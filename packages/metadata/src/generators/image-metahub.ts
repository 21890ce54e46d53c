import type { Generation, LoraReference } from '../image-metadata.ts';
import {
  jsonArray,
  jsonDigits,
  jsonNumber,
  jsonObject,
  type JsonObject,
  jsonText,
  type JsonValue,
} from '../json/json-value.ts';
import { definedOnly } from './fields/defined-only.ts';
import { modelReference } from './fields/model-reference.ts';
import { otherSettings } from './fields/other-settings.ts';
import { objectGenerator } from './object-generator.ts';

/**
 * The save node of Image MetaHub: the values that ComfyUI ran with, collected by the node, as
 * `imagemetahub_data` in PNG or as an object of that name elsewhere.
 */
export const imageMetaHub = objectGenerator('comfyui', (object) => {
  const record = jsonObject(object['imagemetahub_data'] ?? object['videometahub_data']) ?? object;
  return isRecord(record) ? describeImage(record) : undefined;
});

function isRecord(record: JsonObject): boolean {
  const hasText = typeof record['prompt'] === 'string' || typeof record['negativePrompt'] === 'string';
  return record['generator'] === 'ComfyUI' && (hasText || 'sampler_name' in record) && 'seed' in record;
}

function describeImage(record: JsonObject): Generation {
  const name = jsonText(record['model']);
  const hash = jsonText(record['model_hash'])?.toLowerCase();
  const loras = jsonArray(record['loras']).flatMap(readLora);
  return definedOnly({
    prompt: jsonText(record['prompt']),
    negativePrompt: jsonText(record['negativePrompt']),
    seed: jsonDigits(record['seed']),
    steps: jsonNumber(record['steps']),
    cfgScale: jsonNumber(record['cfg']),
    sampler: jsonText(record['sampler_name']),
    scheduler: jsonText(record['scheduler']),
    denoise: jsonNumber(record['denoise']),
    width: jsonNumber(record['width']),
    height: jsonNumber(record['height']),
    model: modelReference(name, hash),
    vae: jsonText(record['vae']),
    loras: loras.length === 0 ? undefined : loras,
    generationTime: generationTime(jsonObject(record['analytics'])),
    parameters: details(record),
  });
}

/** Of the records of one node, milliseconds in newer ones and seconds in older; zero stands for none. */
function generationTime(analytics: JsonObject | undefined): number | undefined {
  const milliseconds = jsonNumber(analytics?.['generation_time_ms']);
  const seconds =
    milliseconds === undefined ? jsonNumber(analytics?.['generation_time']) : milliseconds / 1000;
  return seconds === 0 ? undefined : seconds;
}

const taken: ReadonlySet<string> = new Set(['generation_time_ms', 'generation_time']);
const leftOut: ReadonlySet<string> = new Set(['user_tags', 'notes']);

/** What ran where: GPU, memory and versions. Tags and notes of the user say nothing of the making. */
function details(record: JsonObject): Generation['parameters'] {
  const measured = otherSettings(jsonObject(record['analytics']) ?? {}, taken) ?? {};
  const named = otherSettings(jsonObject(record['imh_pro']) ?? {}, leftOut) ?? {};
  const kind = otherSettings({ generation_type: record['generation_type'] }, new Set()) ?? {};
  const all = { ...kind, ...measured, ...named };
  return Object.keys(all).length === 0 ? undefined : all;
}

/** `{name, weight}`, `{model_name, model_weight}`, or the name alone. */
function readLora(value: JsonValue): LoraReference[] {
  const lora = jsonObject(value);
  const name = jsonText(lora?.['name'] ?? lora?.['model_name'] ?? value);
  const weight = jsonNumber(lora?.['weight'] ?? lora?.['model_weight']);
  return name === undefined ? [] : [definedOnly({ name, weight })];
}
