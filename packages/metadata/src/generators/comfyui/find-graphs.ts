import type { EmbeddedText } from '../../image-metadata.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts';
import { looksLikeJson, parseNestedJson } from '../../json/parse-tolerant-json.ts';
import { embeddedJson } from '../embedded-json.ts';
import { isApiGraph } from './graph/load-api-graph.ts';

/** A graph as it lies in a file, and where. */
export interface FoundGraph {
  readonly graph: JsonObject;
  readonly form: 'api' | 'workflow';
  readonly embedded: EmbeddedText;
}

const prefix = /^\s*(?:prompt|workflow)\s*:\s*/i;

/** Graphs in the texts of a file, found by their shape whatever the key is. */
export function findGraphs(embedded: readonly EmbeddedText[]): readonly FoundGraph[] {
  return embedded.flatMap((text) => graphsIn(readJson(text), text));
}

/** Third-party savers, and ComfyUI in WebP, name the graph inside the text. */
function readJson(embedded: EmbeddedText): JsonValue | undefined {
  const found = prefix.exec(embedded.text);
  if (found === null) return embeddedJson(embedded);
  const text = embedded.text.slice(found[0].length);
  return looksLikeJson(text) ? parseNestedJson(text) : undefined;
}

function graphsIn(value: JsonValue | undefined, embedded: EmbeddedText): readonly FoundGraph[] {
  const own = graphOf(value, embedded);
  if (own !== undefined) return [own];
  if (!isJsonObject(value)) return [];
  // Video Helper Suite and Save Image Plus put both graphs into one object, each perhaps as text.
  return ['prompt', 'workflow'].flatMap((key) => {
    const member = value[key];
    const inner = typeof member === 'string' && looksLikeJson(member) ? parseNestedJson(member) : member;
    return graphOf(inner, embedded) ?? [];
  });
}

function graphOf(value: JsonValue | undefined, embedded: EmbeddedText): FoundGraph | undefined {
  if (isApiGraph(value)) return { graph: value, form: 'api', embedded };
  return isWorkflow(value) ? { graph: value, form: 'workflow', embedded } : undefined;
}

/** Whether this is what stood on the canvas: a list of nodes that have types. */
export function isWorkflow(value: JsonValue | undefined): value is JsonObject {
  if (!isJsonObject(value)) return false;
  const { nodes } = value;
  return Array.isArray(nodes) && nodes.some((node) => isJsonObject(node) && typeof node['type'] === 'string');
}
