import type { LoraReference } from '../image-metadata.ts';
import {
  isJsonArray,
  jsonArray,
  jsonDigits,
  jsonNumber,
  jsonText,
  type JsonObject,
  type JsonValue,
} from '../json/json-value.ts';
import { definedOnly } from './fields/defined-only.ts';
import { otherSettings } from './fields/other-settings.ts';
import { pixelSize } from './fields/pixel-size.ts';
import { promptText } from './fields/prompt-text.ts';
import { objectGenerator } from './object-generator.ts';

const taken: ReadonlySet<string> = new Set([
  'prompt',
  'negative_prompt',
  'seed',
  'num_inference_steps',
  'guidance_scale',
  'embedded_guidance_scale',
  'sample_solver',
  'resolution',
  'model_filename',
  'activated_loras',
  'loras_multipliers',
  'creation_date',
  'creation_timestamp',
  'generation_time',
]);

/**
 * Wan2GP: its settings as JSON in the comment of images and videos, in a tag of sounds, or in a file beside them. The
 * space that it keeps free in a video for settings to come has none yet.
 */
export const wan2gp = objectGenerator('wan2gp', (object) =>
  isWan2gp(object) ? describeMedia(object) : undefined,
);

export function isWan2gp(object: JsonObject): boolean {
  if (jsonText(object['type'])?.startsWith('WanGP v') === true) return true;
  return 'model_type' in object && 'settings_version' in object && 'prompt' in object;
}

function describeMedia(object: JsonObject) {
  const seed = jsonDigits(object['seed']);
  const loras = lorasOf(object['activated_loras'], object['loras_multipliers']);
  const name = modelName(object);
  return definedOnly({
    prompt: promptText(object['prompt']),
    negativePrompt: promptText(object['negative_prompt']),
    // -1 asks for a random one, and does not say which it was.
    seed: seed === '-1' ? undefined : seed,
    steps: jsonNumber(object['num_inference_steps']),
    cfgScale: jsonNumber(object['guidance_scale']),
    guidance: jsonNumber(object['embedded_guidance_scale']),
    sampler: jsonText(object['sample_solver']),
    ...pixelSize(object['resolution']),
    model: name === undefined ? undefined : { name },
    loras: loras.length > 0 ? loras : undefined,
    version: /^WanGP v(\S+)/.exec(jsonText(object['type']) ?? '')?.[1],
    date: jsonText(object['creation_date']),
    generationTime: jsonNumber(object['generation_time']),
    parameters: otherSettings(object, taken),
  });
}

/** The file of the model, of which the address is recorded; before it was, the kind of model alone. */
function modelName(object: JsonObject): string | undefined {
  const file = jsonText(object['model_filename']);
  return file === undefined ? jsonText(object['model_type']) : lastSegment(file);
}

function lorasOf(names: JsonValue | undefined, multipliers: JsonValue | undefined): readonly LoraReference[] {
  const weights = weightsOf(multipliers);
  return jsonArray(names).flatMap((value, at) => {
    const name = jsonText(value);
    return name === undefined ? [] : [{ name: lastSegment(name), ...definedOnly({ weight: weights[at] }) }];
  });
}

/**
 * One for each LoRA, in the order of their names, separated by blanks or lines; lines of comments begin with `#`. A
 * multiplier that changes from step to step (`1,0.5`) or from phase to phase (`1;0`) is no weight.
 */
function weightsOf(multipliers: JsonValue | undefined): readonly (number | undefined)[] {
  if (isJsonArray(multipliers)) return multipliers.map(jsonNumber);
  const lines = (jsonText(multipliers) ?? '').split(/[\r\n]+/).filter((line) => !line.startsWith('#'));
  const values = lines.join(' ').replaceAll('|', ' ').trim().split(/\s+/);
  return values.map((value) => jsonNumber(value));
}

function lastSegment(address: string): string {
  return address.slice(Math.max(address.lastIndexOf('/'), address.lastIndexOf('\\')) + 1);
}
