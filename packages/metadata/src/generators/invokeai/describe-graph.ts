import type { Generation } from '../../image-metadata.ts';
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
import { promptText } from '../fields/prompt-text.ts';
import { describeMetadata, readModel } from './describe-metadata.ts';

interface Edge {
  readonly from: string;
  readonly fromField: string;
  readonly to: string;
  readonly field: string;
}

interface InvokeGraph {
  readonly nodes: JsonObject;
  readonly edges: readonly Edge[];
}

/** Nodes between a prompt and the place where it is used; real graphs have three at most. */
const maximumHops = 32;

/**
 * What the graph says, for pictures whose settings were not recorded: the graph's own metadata node,
 * and what is connected to the node that denoises.
 */
export function describeGraph(object: JsonObject): Generation {
  const graph: InvokeGraph = {
    nodes: jsonObject(object['nodes']) ?? {},
    edges: jsonArray(object['edges']).flatMap(readEdge),
  };
  const metadata = findNode(graph, (type) => type === 'core_metadata');
  const denoise = findNode(graph, (type) => /denoise|^t2l$|^l2l$|text_to_image/.test(type));
  const recorded = metadata === undefined ? {} : describeMetadata(withWired(graph, metadata));
  const traced = denoise === undefined ? {} : describeDenoise(graph, denoise);
  // Types of nodes are no settings.
  const { parameters: _parameters, ...fields } = recorded;
  return { ...traced, ...fields };
}

function describeDenoise(graph: InvokeGraph, id: string): Generation {
  const node = withWired(graph, id);
  const noise = upstream(graph, id, ['noise']);
  const seed = noise === undefined ? node['seed'] : withWired(graph, noise)['seed'];
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

function readEdge(value: JsonValue): readonly Edge[] {
  const edge = jsonObject(value);
  const source = jsonObject(edge?.['source']);
  const destination = jsonObject(edge?.['destination']);
  const from = jsonText(source?.['node_id']);
  const to = jsonText(destination?.['node_id']);
  if (from === undefined || to === undefined) return [];
  const field = jsonText(destination?.['field']) ?? '';
  return [{ from, fromField: jsonText(source?.['field']) ?? '', to, field }];
}

function findNode(graph: InvokeGraph, isMeant: (type: string) => boolean): string | undefined {
  return Object.keys(graph.nodes).find((id) =>
    isMeant(jsonText(jsonObject(graph.nodes[id])?.['type']) ?? ''),
  );
}

function upstream(graph: InvokeGraph, id: string, fields: readonly string[]): string | undefined {
  return graph.edges.find(({ to, field }) => to === id && fields.includes(field))?.from;
}

/** The values of a node, those that arrive through an edge from a plain value node included. */
function withWired(graph: InvokeGraph, id: string): JsonObject {
  const own = jsonObject(graph.nodes[id]) ?? {};
  const wired = graph.edges.flatMap(({ from, fromField, to, field }): readonly [string, JsonValue][] => {
    if (to !== id) return [];
    const value = jsonObject(graph.nodes[from])?.[fromField];
    return value === undefined || typeof value === 'object' ? [] : [[field, value]];
  });
  return { ...own, ...Object.fromEntries(wired) };
}

function tracePrompt(graph: InvokeGraph, id: string, fields: readonly string[]): JsonValue | undefined {
  let at = upstream(graph, id, fields);
  for (let hops = 0; at !== undefined && hops < maximumHops; hops += 1) {
    const node = withWired(graph, at);
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
