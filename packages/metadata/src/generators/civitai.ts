import type { Generation } from '../image-metadata.ts';
import {
  isJsonObject,
  jsonArray,
  jsonDigits,
  jsonNumber,
  jsonObject,
  jsonText,
  type JsonObject,
} from '../json/json-value.ts';
import { parseNestedJson } from '../json/parse-tolerant-json.ts';
import { comfyui } from './comfyui/comfyui.ts';
import { isApiGraph } from './comfyui/graph/load-api-graph.ts';
import { definedOnly } from './fields/defined-only.ts';
import type { EmbeddedObject } from './embedded-objects.ts';
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
  'sampler',
  'clipSkip',
  'width',
  'height',
  'denoise',
]);

/**
 * Civitai's generator, where it writes the ComfyUI graph and beside it what the user chose. Models
 * are its typed ids (`urn:air:...`), not file names. Its A1111 texts are read with their family.
 */
export const civitai = objectGenerator('civitai', (object, input, found) =>
  isCivitai(object) ? describeImage(found, input) : undefined,
);

function isCivitai(object: JsonObject): boolean {
  if (!isApiGraph(object)) return false;
  const hasResources = jsonArray(jsonObject(object['extra'])?.['airs']).length > 0;
  return hasResources || 'resource-stack' in object || chosenSettings(object) !== undefined;
}

function chosenSettings(object: JsonObject): JsonObject | undefined {
  const stored = object['extraMetadata'];
  const settings = typeof stored === 'string' ? parseNestedJson(stored) : stored;
  return isJsonObject(settings) ? settings : undefined;
}

function describeImage({ embedded, object }: EmbeddedObject, input: GeneratorInput): Generation {
  const graph = comfyui.parse({ ...input, embedded: [embedded] })[0]?.generation ?? {};
  const settings = chosenSettings(object) ?? {};
  const chosen: Generation = definedOnly({
    prompt: promptText(settings['prompt']),
    negativePrompt: promptText(settings['negativePrompt']),
    seed: jsonDigits(settings['seed']),
    steps: jsonNumber(settings['steps']),
    cfgScale: jsonNumber(settings['cfgScale']),
    sampler: jsonText(settings['sampler']),
    clipSkip: jsonNumber(settings['clipSkip']),
    denoise: jsonNumber(settings['denoise']),
    width: jsonNumber(settings['width']),
    height: jsonNumber(settings['height']),
  });
  const airs = jsonArray(jsonObject(object['extra'])?.['airs']);
  const parameters = {
    ...graph.parameters,
    ...otherSettings(settings, taken),
    ...(airs.length > 0 && { 'Civitai resources': airs.map((air) => jsonText(air) ?? '').join(', ') }),
  };
  const generation = { ...graph, ...chosen };
  return Object.keys(parameters).length > 0 ? { ...generation, parameters } : generation;
}
