import {
  isJsonArray,
  isJsonObject,
  jsonObject,
  jsonText,
  type JsonObject,
  type JsonValue,
} from '../../../json/json-value.ts';
import { link, literal, type Graph, type GraphInput, type GraphNode } from './graph.ts';
import { maximumNodes, maximumSlots } from './graph-limits.ts';

/** Whether this is what the server executed: an object of nodes that name their class. */
export function isApiGraph(value: JsonValue | undefined): value is JsonObject {
  if (!isJsonObject(value)) return false;
  return Object.values(value).some((node) => classOf(node) !== undefined);
}

/** Reads the graph of the `prompt` text. Members that are no nodes are left out. */
export function loadApiGraph(value: JsonObject): Graph {
  const nodes = new Map<string, GraphNode>();
  let isCut = false;
  for (const [id, entry] of Object.entries(value)) {
    const type = classOf(entry);
    if (type === undefined || !isJsonObject(entry)) continue;
    if (nodes.size >= maximumNodes) return { source: 'api', nodes, isCut: true };
    const inputs = Object.entries(jsonObject(entry['inputs']) ?? {});
    isCut ||= inputs.length > maximumSlots;
    nodes.set(id, {
      id,
      type,
      title: jsonText(jsonObject(entry['_meta'])?.['title']),
      inputs: readInputs(inputs.length > maximumSlots ? inputs.slice(0, maximumSlots) : inputs, value),
      inputTypes: new Map(),
      outputs: [],
      isUncertain: false,
    });
  }
  return { source: 'api', nodes, isCut };
}

function classOf(node: JsonValue | undefined): string | undefined {
  return jsonText(jsonObject(node)?.['class_type'])?.trim();
}

function readInputs(
  inputs: readonly (readonly [string, JsonValue | undefined])[],
  graph: JsonObject,
): Map<string, GraphInput> {
  const read = new Map<string, GraphInput>();
  for (const [name, value] of inputs) {
    if (value !== undefined) read.set(name, readInput(value, graph));
  }
  return read;
}

function readInput(value: JsonValue, graph: JsonObject): GraphInput {
  if (!isJsonArray(value)) return literal(unwrapped(value));
  const [id, slot] = value;
  const isLink =
    value.length === 2 &&
    (typeof id === 'string' || typeof id === 'number') &&
    typeof slot === 'number' &&
    Number.isInteger(slot) &&
    slot >= 0 &&
    classOf(graph[String(id)]) !== undefined;
  return isLink ? link(String(id), slot) : literal(value);
}

/** A list that is no link is wrapped by the front end as `{"__value__": [...]}`. */
function unwrapped(value: JsonValue): JsonValue {
  if (!isJsonObject(value)) return value;
  const inner = value['__value__'];
  return inner !== undefined && Object.keys(value).length === 1 ? inner : value;
}
