import type { Generation, LoraReference, ModelReference } from '../image-metadata.ts';
import {
  isJsonObject,
  jsonArray,
  jsonDigits,
  jsonNumber,
  jsonObject,
  jsonText,
  type JsonObject,
  type JsonValue,
} from '../json/json-value.ts';
import { comfyui } from './comfyui/comfyui.ts';
import { definedOnly } from './fields/defined-only.ts';
import { modelReference } from './fields/model-reference.ts';
import type { GeneratorInput } from './generator.ts';
import { otherSettings } from './fields/other-settings.ts';
import { promptText } from './fields/prompt-text.ts';
import { objectGenerator } from './object-generator.ts';

const taken: ReadonlySet<string> = new Set([
  'prompt',
  'negativePrompt',
  'seed',
  'steps',
  'cfgScale',
  'samplerName',
  'scheduler',
  'clipSkip',
  'width',
  'height',
  'models',
  'baseModel',
  'vae',
]);

/**
 * TensorArt: `generation_data` beside a ComfyUI graph. The record has the names, the graph has what
 * was run: the seed of the record is -1 where it was drawn.
 */
export const tensorart = objectGenerator('tensorart', (object, input, { embedded }) =>
  isRecord(object, embedded.key) ? { ...fromGraph(input), ...describeRecord(object) } : undefined,
);

function isRecord(object: JsonObject, key: string): boolean {
  const hasModels = Array.isArray(object['models']) || jsonObject(object['baseModel']) !== undefined;
  return hasModels && (key === 'generation_data' || ('samplerName' in object && 'cfgScale' in object));
}

/** The model loaders of TensorArt name ids of its own, so of the graph only the settings count. */
function fromGraph(input: GeneratorInput): Generation {
  const [found] = comfyui.parse(input);
  if (found === undefined) return {};
  const { model: _model, loras: _loras, parameters: _parameters, ...settings } = found.generation;
  return settings;
}

function describeRecord(object: JsonObject): Generation {
  const models = jsonArray(object['models']).filter(isJsonObject);
  const seed = jsonDigits(object['seed']);
  const loras = models.flatMap(readLora);
  return definedOnly({
    prompt: promptText(object['prompt']),
    negativePrompt: promptText(object['negativePrompt']),
    seed: seed?.startsWith('-') === true ? undefined : seed,
    steps: jsonNumber(object['steps']),
    cfgScale: jsonNumber(object['cfgScale']),
    sampler: jsonText(object['samplerName']),
    scheduler: jsonText(object['scheduler']),
    clipSkip: jsonNumber(object['clipSkip']),
    width: jsonNumber(object['width']),
    height: jsonNumber(object['height']),
    model: modelOf(object['baseModel']) ?? baseModel(models),
    vae: jsonText(object['vae']),
    loras: loras.length > 0 ? loras : undefined,
    parameters: otherSettings(object, taken),
  });
}

function modelOf(value: JsonValue | undefined): ModelReference | undefined {
  const model = jsonObject(value);
  const name = jsonText(model?.['modelFileName'] ?? model?.['label']);
  const hash = jsonText(model?.['hash'])?.toLowerCase();
  return modelReference(name, hash);
}

function baseModel(models: readonly JsonObject[]): ModelReference | undefined {
  return modelOf(models.find(({ type }) => type === 'BASE_MODEL' || type === 'CHECKPOINT'));
}

function readLora(model: JsonObject): readonly LoraReference[] {
  const reference = model['type'] === 'LORA' ? modelOf(model) : undefined;
  if (reference?.name === undefined) return [];
  const weight = jsonNumber(model['weight']);
  return [{ name: reference.name, ...definedOnly({ weight, hash: reference.hash }) }];
}
