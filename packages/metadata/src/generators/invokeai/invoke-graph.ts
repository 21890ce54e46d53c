import {
  isJsonArray,
  isJsonObject,
  jsonArray,
  jsonDigits,
  jsonObject,
  jsonText,
  type JsonObject,
  type JsonValue,
} from '../../json/json-value.ts';

interface Edge {
  readonly from: string;
  readonly fromField: string;
  readonly to: string;
  readonly field: string;
}

export interface InvokeGraph {
  readonly nodes: JsonObject;
  readonly edges: readonly Edge[];
}

/** Nodes between a value and the place where it is used; real graphs have three at most. */
export const maximumHops = 32;

export function readInvokeGraph(object: JsonObject): InvokeGraph {
  return { nodes: jsonObject(object['nodes']) ?? {}, edges: jsonArray(object['edges']).flatMap(readEdge) };
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

export function findNode(graph: InvokeGraph, isMeant: (type: string) => boolean): string | undefined {
  return Object.keys(graph.nodes).find((id) =>
    isMeant(jsonText(jsonObject(graph.nodes[id])?.['type']) ?? ''),
  );
}

/** The node that is connected to one of the fields. */
export function upstream(graph: InvokeGraph, id: string, fields: readonly string[]): string | undefined {
  return graph.edges.find(({ to, field }) => to === id && fields.includes(field))?.from;
}

/**
 * The values of a node as they were when it ran. What an edge brings counts, and not what stands in the field below it;
 * where that cannot be told (a random number, an item of several), the field has no value.
 */
export function valuesOf(graph: InvokeGraph, id: string): JsonObject {
  const wired = graph.edges.filter(({ to }) => to === id);
  const own = jsonObject(graph.nodes[id]) ?? {};
  if (wired.length === 0) return own;
  const values = new Map<string, JsonValue | undefined>(Object.entries(own));
  for (const { from, fromField, field } of wired) values.set(field, outputOf(graph, from, fromField, 0));
  return Object.fromEntries(values);
}

function inputOf(graph: InvokeGraph, id: string, field: string, hops: number): JsonValue | undefined {
  const edge = graph.edges.find((each) => each.to === id && each.field === field);
  if (edge === undefined) return jsonObject(graph.nodes[id])?.[field];
  return outputOf(graph, edge.from, edge.fromField, hops + 1);
}

function outputOf(graph: InvokeGraph, id: string, field: string, hops: number): JsonValue | undefined {
  if (hops > maximumHops) return undefined;
  const type = jsonText(jsonObject(graph.nodes[id])?.['type']) ?? '';
  const input = (name: string) => inputOf(graph, id, name, hops);
  const operation = operations[type];
  if (operation !== undefined && field === 'value') {
    return hops > maximumOperations ? undefined : calculated(operation, input('a'), input('b'));
  }
  if (type === 'iterate' && field === 'item') return onlyItem(graph, id, hops);
  const value = input(field);
  // Models and conditionings are traced from node to node instead.
  return isJsonObject(value) || isJsonArray(value) ? undefined : value;
}

/** Operations in a row: each of them asks for two values. */
const maximumOperations = 4;
/** Far more than a seed has; multiplying would not end otherwise. */
const digits = /^-?\d{1,39}$/;

const operations: Readonly<Record<string, (one: bigint, other: bigint) => bigint>> = {
  add: (one, other) => one + other,
  sub: (one, other) => one - other,
  mul: (one, other) => one * other,
};

function calculated(
  operation: (one: bigint, other: bigint) => bigint,
  one: JsonValue | undefined,
  other: JsonValue | undefined,
): JsonValue | undefined {
  const [left, right] = [jsonDigits(one), jsonDigits(other)];
  if (left === undefined || right === undefined) return undefined;
  const result = operation(BigInt(left), BigInt(right));
  return digits.test(result.toString()) ? result : undefined;
}

/** The item of a collection that has one alone: which of several it was, the graph does not say. */
function onlyItem(graph: InvokeGraph, id: string, hops: number): JsonValue | undefined {
  const edge = graph.edges.find(({ to, field }) => to === id && field === 'collection');
  const own = jsonArray(jsonObject(graph.nodes[edge?.from ?? id])?.['collection']);
  if (own.length > 0) return own.length === 1 ? own[0] : undefined;
  if (edge === undefined || jsonText(jsonObject(graph.nodes[edge.from])?.['type']) !== 'range_of_size') {
    return undefined;
  }
  const size = jsonDigits(inputOf(graph, edge.from, 'size', hops + 1) ?? 1);
  return size === '1' ? inputOf(graph, edge.from, 'start', hops + 1) : undefined;
}
