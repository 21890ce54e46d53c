import type { JsonValue } from '../../../json/json-value.ts';
import { carriesByType, type Content } from '../graph/socket-content.ts';
import { isSeedControl } from './align-widgets.ts';
import { isSamplerName, isSchedulerName } from '../graph/known-samplers.ts';
import { guessRequest, isWritten } from './guess-request.ts';
import type { WorkflowNode } from './workflow-scope.ts';

const modelFile = /\.(?:safetensors|sft|ckpt|pth?|gguf|bin)$/i;
const otherModelFile =
  /(?:^|[^a-z])(?:vae|ae|lora|loha|lokr|clip|t5|umt5|encoder|gemma|llama|qwen_?\d.*vl)(?:[^a-z]|$)/i;

/**
 * Names for values that nothing names, as far as the shape of the node leaves no choice: the settings
 * of a run around the names of sampler and scheduler, the one file of a loader, the one text of an
 * encoder or of a node that calls a service.
 */
export function guessWidgets(
  node: WorkflowNode,
  values: readonly JsonValue[],
): ReadonlyMap<string, JsonValue> {
  const gives = new Set(
    node.outputs.map(({ name, type }) => (name === 'model_file' ? 'pixels' : carriesByType(type))),
  );
  const takes = new Set(
    node.inputs.flatMap(({ type, link }) => (link === undefined ? [] : carriesByType(type))),
  );
  const settings = settingsAround(values);
  if (settings.size > 0) return settings;
  const part = guessPart(gives, takes, values);
  if (part !== undefined) return part;
  if (gives.has('model') && !takes.has('model')) return named('ckpt_name', onlyModelFile(values));
  if (gives.has('model')) return guessLora(node, values);
  if (gives.has('conditioning')) return takes.has('conditioning') ? new Map() : guessTexts(node, values);
  const isLocal = [...takes].some((content) => content !== undefined && localContent.has(content));
  const isMade = [...gives].some((content) => content === 'pixels');
  return isMade && !isLocal ? guessRequest(node, values) : new Map();
}

const localContent: ReadonlySet<string> = new Set(['model', 'clip', 'vae', 'conditioning', 'latent', 'pipe']);

type Contents = ReadonlySet<Content | undefined>;

/** Parts of a custom sampler hold little else than what they are for. */
function guessPart(
  gives: Contents,
  takes: Contents,
  values: readonly JsonValue[],
): ReadonlyMap<string, JsonValue> | undefined {
  if (gives.has('sampler')) return named('sampler_name', only(values.filter(isSamplerName)));
  if (gives.has('sigmas')) return takes.has('sigmas') ? new Map() : guessSchedule(values);
  if (gives.has('noise')) return named('noise_seed', seedBefore(values, values.findIndex(isSeedControl) + 1));
  if (gives.has('guider')) return named('cfg', only(values.filter((value) => typeof value === 'number')));
  return undefined;
}

function only<T>(values: readonly T[]): T | undefined {
  return values.length === 1 ? values[0] : undefined;
}

/** The scheduler, and the steps behind it. */
function guessSchedule(values: readonly JsonValue[]): ReadonlyMap<string, JsonValue> {
  const at = values.findIndex(isSchedulerName);
  const [scheduler, steps, denoise] = values.slice(Math.max(at, 0));
  if (at < 0 || scheduler === undefined || !isSteps(steps)) return new Map();
  return new Map<string, JsonValue>([
    ['scheduler', scheduler],
    ['steps', steps],
    ...(isDenoise(denoise) ? ([['denoise', denoise]] as const) : []),
  ]);
}

function isDenoise(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && value > 0 && value <= 1;
}

function named(name: string, value: JsonValue | undefined): ReadonlyMap<string, JsonValue> {
  return value === undefined ? new Map() : new Map([[name, value]]);
}

/** `seed, (control), steps, cfg, sampler, scheduler, denoise`: the order of nearly every sampler. */
function settingsAround(values: readonly JsonValue[]): ReadonlyMap<string, JsonValue> {
  const at = values.findIndex((value, index) => isSamplerName(value) && isSchedulerName(values[index + 1]));
  const found = new Map<string, JsonValue>();
  if (at < 0) return found;
  const [steps, cfg, sampler, scheduler, denoise] = values.slice(Math.max(at - 2, 0), at + 3);
  if (
    at < 2 ||
    !isSteps(steps) ||
    typeof cfg !== 'number' ||
    sampler === undefined ||
    scheduler === undefined
  )
    return found;
  found.set('steps', steps).set('cfg', cfg).set('sampler_name', sampler).set('scheduler', scheduler);
  if (isDenoise(denoise)) found.set('denoise', denoise);
  const seed = seedBefore(values, at - 2);
  if (seed !== undefined) found.set('seed', seed);
  return found;
}

function isSteps(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 10_000;
}

/** A number with a control behind it; without one it may be anything. */
function seedBefore(values: readonly JsonValue[], end: number): JsonValue | undefined {
  const control = values[end - 1];
  const seed = values[end - 2];
  if (!isSeedControl(control) && control !== null) return undefined;
  return typeof seed === 'number' || typeof seed === 'bigint' ? seed : undefined;
}

function onlyModelFile(values: readonly JsonValue[]): JsonValue | undefined {
  const files = values.filter((value) => typeof value === 'string' && modelFile.test(value));
  if (files.length === 1) return files[0];
  const main = files.filter((file) => typeof file === 'string' && !otherModelFile.test(file));
  return main.length === 1 ? main[0] : undefined;
}

function guessTexts({ outputs }: WorkflowNode, values: readonly JsonValue[]): ReadonlyMap<string, JsonValue> {
  const texts = values.filter((value): value is string => typeof value === 'string' && !isSeedControl(value));
  const [first, second] = texts;
  if (texts.length === 1) return named('text', first);
  const sides = outputs.filter(({ type }) => carriesByType(type) === 'conditioning');
  if (sides.length === 2 && texts.length === 2 && first !== undefined && second !== undefined) {
    return new Map([
      ['positive', first],
      ['negative', second],
    ]);
  }
  const written = texts.filter(isWritten);
  return written.length === 1 ? named('text', written[0]) : new Map();
}

/** A node that changes a model by a file that its class calls a LoRA, and the number behind it. */
function guessLora(
  { type, outputs }: WorkflowNode,
  values: readonly JsonValue[],
): ReadonlyMap<string, JsonValue> {
  const at = values.findIndex((value) => typeof value === 'string' && modelFile.test(value));
  const [file, weight, textEncoderWeight] = at < 0 ? [] : values.slice(at);
  const isOnly = values.filter((value) => typeof value === 'string' && modelFile.test(value)).length === 1;
  const givesClip = outputs.some((output) => output.type === 'CLIP');
  if (!/lora/i.test(type) || !isOnly || file === undefined) return new Map();
  return new Map<string, JsonValue>([
    ['lora_name', file],
    ...(typeof weight === 'number' ? ([['strength_model', weight]] as const) : []),
    ...(givesClip && typeof textEncoderWeight === 'number'
      ? ([['strength_clip', textEncoderWeight]] as const)
      : []),
  ]);
}
