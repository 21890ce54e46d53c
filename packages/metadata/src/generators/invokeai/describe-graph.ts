import type { Generation } from '../../image-metadata.ts';
import {
  jsonDigits,
  jsonNumber,
  jsonObject,
  jsonText,
  type JsonObject,
  type JsonValue,
} from '../../json/json-value.ts';
import { definedOnly } from '../fields/defined-only.ts';
import { promptText } from '../fields/prompt-text.ts';
import { describeMetadata, readModel } from './describe-metadata.ts';
import {
  findNode,
  type InvokeGraph,
  maximumHops,
  readInvokeGraph,
  upstream,
  valuesOf,
} from './invoke-graph.ts';

/**
 * What the graph says, for pictures whose settings were not recorded: the graph's own metadata node,
 * and what is connected to the node that denoises.
 */
export function describeGraph(object: JsonObject): Generation {
  const graph = readInvokeGraph(object);
  const metadata = findNode(graph, (type) => type === 'core_metadata');
  const denoise = findNode(graph, (type) => /denoise|^t2l$|^l2l$|text_to_image/.test(type));
  const recorded = metadata === undefined ? {} : describeMetadata(valuesOf(graph, metadata));
  const traced = denoise === undefined ? {} : describeDenoise(graph, denoise);
  // Types of nodes are no settings.
  const { parameters: _parameters, ...fields } = recorded;
  return { ...traced, ...fields };
}

function describeDenoise(graph: InvokeGraph, id: string): Generation {
  const node = valuesOf(graph, id);
  const noise = upstream(graph, id, ['noise']);
  const seed = noise === undefined ? node['seed'] : valuesOf(graph, noise)['seed'];
  return definedOnly({
    prompt: promptText(tracePrompt(graph, id, ['positive_conditioning', 'positive_text_conditioning'])),
    negativePrompt: promptText(
      tracePrompt(graph, id, ['negative_conditioning', 'negative_text_conditioning']),
    ),
    seed: jsonDigits(seed),
    steps: jsonNumber(node['steps'] ?? node['num_steps']),
    cfgScale: jsonNumber(node['cfg_scale']),
    guidance: jsonNumber(node['guidance']),
    sampler: jsonText(node['scheduler']),
    model: traceModel(graph, id),
  });
}

function tracePrompt(graph: InvokeGraph, id: string, fields: readonly string[]): JsonValue | undefined {
  let at = upstream(graph, id, fields);
  for (let hops = 0; at !== undefined && hops < maximumHops; hops += 1) {
    const node = valuesOf(graph, at);
    const text = node['prompt'] ?? node['value'];
    if (typeof text === 'string') return text;
    at = upstream(graph, at, ['prompt', 'conditioning', 'collection', 'item', 'value']);
  }
  return undefined;
}

function traceModel(graph: InvokeGraph, id: string): Generation['model'] {
  let at = upstream(graph, id, ['unet', 'transformer']);
  for (let hops = 0; at !== undefined && hops < maximumHops; hops += 1) {
    const model = readModel(jsonObject(graph.nodes[at])?.['model']);
    if (model !== undefined) return model;
    at = upstream(graph, at, ['unet', 'transformer']);
  }
  return undefined;
}
