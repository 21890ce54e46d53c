import type { EmbeddedText, Generation, LoraReference } from '../image-metadata.ts';
import {
  jsonArray,
  jsonDigits,
  jsonNumber,
  jsonObject,
  type JsonObject,
  jsonText,
  type JsonValue,
} from '../json/json-value.ts';
import { embeddedJson } from './embedded-json.ts';
import { definedOnly } from './fields/defined-only.ts';
import { modelReference } from './fields/model-reference.ts';
import { promptText } from './fields/prompt-text.ts';
import type { Generator } from './generator.ts';

/** What the node wrote of the run, by its keys and the names that are shown. */
const details: readonly (readonly [key: string, name: string])[] = [
  ['job_id', 'Job ID'],
  ['workflow_id', 'Workflow ID'],
  ['source_node_id', 'Source node ID'],
  ['source_node_type', 'Source node type'],
  ['asset_id', 'Asset ID'],
];

/** Majoor's save nodes for ComfyUI: beside the graph, one text each for how long the run took and which it was. */
export const majoor: Generator = {
  id: 'comfyui',
  parse({ embedded }) {
    const time = jsonNumber(textOf(embedded, 'generation_time_ms'));
    const typed = embedded.find(({ key }) => typedKey.test(key));
    if (time === undefined && typed === undefined) return [];
    const isOwn = typed !== undefined || embedded.some(({ key }) => runKey.test(key));
    if (!isOwn) return [];
    const record = typed === undefined ? undefined : jsonObject(embeddedJson(typed));
    const generation = { ...describeTyped(record ?? {}), ...describeRun(embedded, time ?? 0) };
    return Object.keys(generation).length === 0 ? [] : [{ generator: 'comfyui', generation }];
  },
};

const typedKey = /^majoor_geninfo$/i;
const runKey = /^(?:prompt|workflow|source_node_id)$/i;

/** What the user gave the node to say in place of the graph, which it is the only record of where that is unread. */
function describeTyped(record: JsonObject): Generation {
  const loras = jsonArray(record['loras']).flatMap(readLora);
  return definedOnly({
    prompt: promptText(record['prompt']),
    negativePrompt: promptText(record['negative_prompt']),
    seed: jsonDigits(record['seed']),
    steps: jsonNumber(record['steps']),
    cfgScale: jsonNumber(record['cfg']),
    sampler: jsonText(record['sampler']),
    scheduler: jsonText(record['scheduler']),
    denoise: jsonNumber(record['denoise']),
    model: modelReference(jsonText(record['model']), undefined),
    vae: jsonText(record['vae']),
    loras: loras.length === 0 ? undefined : loras,
  });
}

function readLora(value: JsonValue): readonly LoraReference[] {
  const lora = jsonObject(value);
  const name = jsonText(lora?.['name']);
  return name === undefined ? [] : [{ name, ...definedOnly({ weight: jsonNumber(lora?.['strength']) }) }];
}

function describeRun(embedded: readonly EmbeddedText[], milliseconds: number): Generation {
  const parameters = details.flatMap(([key, name]) => {
    const text = textOf(embedded, key);
    return text === undefined ? [] : [[name, text] as const];
  });
  return definedOnly({
    // What could not be measured is written as -1 or 0.
    generationTime: milliseconds > 0 ? milliseconds / 1000 : undefined,
    parameters: parameters.length === 0 ? undefined : Object.fromEntries(parameters),
  });
}

/** Matroska has its names in capitals. */
function textOf(embedded: readonly EmbeddedText[], key: string): string | undefined {
  const found = embedded.find((each) => each.key.length === key.length && each.key.toLowerCase() === key);
  const text = found?.text.trim();
  return text === '' ? undefined : text;
}
