import {
  isJsonArray,
  isJsonObject,
  jsonArray,
  jsonObject,
  jsonText,
  type JsonObject,
  type JsonValue,
} from '../../json/json-value.ts';
import { idOf } from './node-id.ts';
import { groupNodeScope } from './group-node-scope.ts';
import { maximumNodes, maximumSubgraphDepth } from './graph-limits.ts';

export interface WorkflowSlot {
  readonly name: string;
  readonly type: string;
  /** Id of the wire that ends here; undefined for none. */
  readonly link: string | undefined;
}

/** A node as it stands on the canvas. */
export interface WorkflowNode {
  readonly id: string;
  readonly type: string;
  readonly mode: number;
  readonly title: string | undefined;
  readonly inputs: readonly WorkflowSlot[];
  readonly outputs: readonly WorkflowSlot[];
  readonly raw: JsonObject;
}

export interface WorkflowLink {
  readonly originId: string;
  readonly originSlot: number;
  readonly targetId: string;
  readonly targetSlot: number;
}

/** One sheet of nodes: the canvas itself, or the inside of a subgraph or group node. */
export interface WorkflowScope {
  /** What the ids of its nodes begin with, such as `30:`. */
  readonly prefix: string;
  readonly nodes: ReadonlyMap<string, WorkflowNode>;
  readonly links: ReadonlyMap<string, WorkflowLink>;
  /** Insides of the nodes of this sheet that have one. */
  readonly insides: ReadonlyMap<string, WorkflowScope>;
  /** The sheet and node that this is the inside of. */
  readonly instance: { readonly scope: WorkflowScope; readonly node: WorkflowNode } | undefined;
  readonly boundary: Boundary | undefined;
  /** Nodes read so far, on all sheets together. */
  readonly count: { readonly nodes: number };
}

/** How the inside of a node is connected to its slots. */
export interface Boundary {
  /** The inner origin behind an output slot of the node. */
  readonly output: (slot: number) => { readonly nodeId: string; readonly slot: number } | undefined;
  /** Index of the node's input slot that feeds an inner input, by the id of a wire or node and slot. */
  readonly inputName: (slot: number) => string | undefined;
  /** Inner inputs that the node's own slots feed directly, where no boundary node stands between. */
  readonly fed: ReadonlyMap<string, number>;
  /** Widget values that the node sets inside: `id:name` to value. */
  readonly widgets: ReadonlyMap<string, JsonValue>;
}

/** Ids that stand for the edge of a subgraph, at which its inputs and outputs begin and end. */
export const inputEdge = '-10';
export const outputEdge = '-20';

interface Sheets {
  readonly subgraphs: ReadonlyMap<string, JsonObject>;
  readonly groupNodes: JsonObject | undefined;
  readonly count: { nodes: number };
}

/** Reads the sheet of the canvas and, below it, the inside of every subgraph and group node on it. */
export function readWorkflow(workflow: JsonObject): WorkflowScope {
  const definitions = jsonArray(jsonObject(workflow['definitions'])?.['subgraphs']);
  const subgraphs = new Map<string, JsonObject>();
  for (const definition of definitions) {
    const id = jsonText(jsonObject(definition)?.['id']);
    if (id !== undefined && isJsonObject(definition)) subgraphs.set(id, definition);
  }
  const groupNodes = jsonObject(jsonObject(workflow['extra'])?.['groupNodes']);
  return readScope(workflow, { subgraphs, groupNodes, count: { nodes: 0 } }, '', undefined, 0);
}

function readScope(
  sheet: JsonObject,
  sheets: Sheets,
  prefix: string,
  instance: WorkflowScope['instance'],
  depth: number,
  boundary?: Boundary,
): WorkflowScope {
  const insides = new Map<string, WorkflowScope>();
  const scope: WorkflowScope = {
    prefix,
    nodes: readNodes(sheet, sheets.count),
    links: readLinks(sheet),
    insides,
    instance,
    count: sheets.count,
    boundary: boundary ?? (instance && subgraphBoundary(sheet)),
  };
  if (depth >= maximumSubgraphDepth) return scope;
  for (const node of scope.nodes.values()) {
    const inside = insideOf(node, scope, sheets, depth);
    if (inside !== undefined) insides.set(node.id, inside);
  }
  return scope;
}

function insideOf(
  node: WorkflowNode,
  scope: WorkflowScope,
  sheets: Sheets,
  depth: number,
): WorkflowScope | undefined {
  const prefix = `${scope.prefix}${node.id}:`;
  const subgraph = sheets.subgraphs.get(node.type);
  if (subgraph !== undefined) return readScope(subgraph, sheets, prefix, { scope, node }, depth + 1);
  const name = /^workflow[/>](.+)$/s.exec(node.type)?.[1];
  const group = name === undefined ? undefined : jsonObject(sheets.groupNodes?.[name]);
  if (group === undefined) return undefined;
  const { sheet, boundary } = groupNodeScope(group, node);
  return readScope(sheet, sheets, prefix, { scope, node }, depth + 1, boundary);
}

function readNodes(sheet: JsonObject, count: Sheets['count']): Map<string, WorkflowNode> {
  const nodes = new Map<string, WorkflowNode>();
  for (const raw of jsonArray(sheet['nodes'])) {
    if (!isJsonObject(raw) || count.nodes >= maximumNodes) continue;
    const node = readNode(raw);
    if (node === undefined) continue;
    count.nodes += 1;
    nodes.set(node.id, node);
  }
  return nodes;
}

function readNode(raw: JsonObject): WorkflowNode | undefined {
  const type = jsonText(raw['type'])?.trim();
  const id = idOf(raw['id']);
  if (type === undefined || id === undefined) return undefined;
  const mode = raw['mode'];
  return {
    id,
    type,
    mode: typeof mode === 'number' ? mode : 0,
    title: jsonText(raw['title']),
    inputs: jsonArray(raw['inputs']).map(readSlot),
    outputs: jsonArray(raw['outputs']).map(readSlot),
    raw,
  };
}

function readSlot(raw: JsonValue): WorkflowSlot {
  const slot = jsonObject(raw);
  const { name, type, link } = slot ?? {};
  return {
    name: typeof name === 'string' ? name : '',
    type: typeof type === 'string' ? type : '*',
    link: idOf(link),
  };
}

/** Wires are lists of six on the canvas, and objects in subgraphs and in newer files. */
function readLinks(sheet: JsonObject): Map<string, WorkflowLink> {
  const links = new Map<string, WorkflowLink>();
  for (const raw of jsonArray(sheet['links'])) {
    const [id, originId, originSlot, targetId, targetSlot] = isJsonArray(raw)
      ? raw
      : linkMembers(jsonObject(raw) ?? {});
    const key = idOf(id);
    const origin = idOf(originId);
    const target = idOf(targetId);
    if (key === undefined || origin === undefined || target === undefined) continue;
    links.set(key, {
      originId: origin,
      originSlot: slotNumber(originSlot),
      targetId: target,
      targetSlot: slotNumber(targetSlot),
    });
  }
  return links;
}

function linkMembers(link: JsonObject): readonly (JsonValue | undefined)[] {
  return [link['id'], link['origin_id'], link['origin_slot'], link['target_id'], link['target_slot']];
}

function slotNumber(value: JsonValue | undefined): number {
  return typeof value === 'number' ? value : Number(typeof value === 'string' ? value : 0) || 0;
}

function subgraphBoundary(sheet: JsonObject): Boundary {
  const ends = new Map<number, { readonly nodeId: string; readonly slot: number }>();
  for (const { originId, originSlot, targetId, targetSlot } of readLinks(sheet).values()) {
    if (targetId === outputEdge) ends.set(targetSlot, { nodeId: originId, slot: originSlot });
  }
  const names = jsonArray(sheet['inputs']).map((input) => jsonText(jsonObject(input)?.['name']));
  return {
    output: (slot) => ends.get(slot),
    inputName: (slot) => names[slot],
    fed: new Map(),
    widgets: new Map(),
  };
}
