import type { GenerationStage } from '../image-metadata.ts';
import { jsonDigits, jsonNumber, jsonObject, jsonText, type JsonObject } from '../json/json-value.ts';
import { definedOnly } from './fields/defined-only.ts';
import { modelReference } from './fields/model-reference.ts';
import { otherSettings } from './fields/other-settings.ts';
import { pixelSize } from './fields/pixel-size.ts';
import { promptText } from './fields/prompt-text.ts';
import { objectGenerator } from './object-generator.ts';
import { isWan2gp } from './wan2gp.ts';

const taken: ReadonlySet<string> = new Set([
  'prompt',
  'negative_prompt',
  'seed',
  'num_inference_steps',
  'guidance_scale',
  'sampler',
  'resolution',
  'Model',
  'Model hash',
  'use_upscaler',
]);

/** Hugging Face Spaces after the pattern of Animagine: JSON with `resolution` and `use_upscaler`. */
export const hfSpace = objectGenerator('hf-space', (object) =>
  isHfSpace(object) ? describeImage(object) : undefined,
);

function isHfSpace(object: JsonObject): boolean {
  const hasSize = /^\d+\s*x\s*\d+$/.test(jsonText(object['resolution']) ?? '');
  return hasSize && typeof object['prompt'] === 'string' && namesItself(object);
}

/** A prompt, a size and a guidance scale alone are in the records of many programs. */
function namesItself(object: JsonObject): boolean {
  if (isWan2gp(object)) return false;
  if ('use_upscaler' in object || 'Model hash' in object) return true;
  const hasSettings = 'guidance_scale' in object && 'num_inference_steps' in object;
  return hasSettings && ('Model' in object || 'sampler' in object);
}

function describeImage(object: JsonObject) {
  const stage = definedOnly({
    seed: jsonDigits(object['seed']),
    steps: jsonNumber(object['num_inference_steps']),
    cfgScale: jsonNumber(object['guidance_scale']),
    // The sampler's name holds the scheduler, in words of diffusers: kept as it is.
    sampler: jsonText(object['sampler']),
    ...pixelSize(object['resolution']),
  });
  // Either two texts, or one object with the same two names.
  const named = jsonObject(object['Model']) ?? object;
  const name = jsonText(named['Model']);
  const hash = jsonText(named['Model hash'])?.toLowerCase();
  const upscale = upscaleStage(jsonObject(object['use_upscaler']));
  return definedOnly({
    prompt: promptText(object['prompt']),
    negativePrompt: promptText(object['negative_prompt']),
    ...stage,
    model: modelReference(name, hash),
    stages: upscale && [{ role: 'base' as const, ...stage }, upscale],
    parameters: otherSettings(object, taken),
  });
}

function upscaleStage(upscaler: JsonObject | undefined): GenerationStage | undefined {
  if (upscaler === undefined) return undefined;
  return definedOnly({
    role: 'hires' as const,
    upscaler: jsonText(upscaler['upscale_method']),
    denoise: jsonNumber(upscaler['upscaler_strength']),
    upscaleBy: jsonNumber(upscaler['upscale_by']),
    steps: jsonNumber(upscaler['upscale_steps']),
    ...pixelSize(upscaler['new_resolution']),
  });
}
