import { isJsonObject, jsonArray, jsonObject, jsonText, type JsonObject } from '../../json/json-value.ts';
import { maximumSubgraphDepth } from './graph-limits.ts';
import { groupNodeScope } from './group-node-scope.ts';
import { readCanvasLinks } from './read-canvas-links.ts';
import { readCanvasNodes } from './read-canvas-nodes.ts';
import { outputEdge, type Boundary, type WorkflowNode, type WorkflowScope } from './workflow-scope.ts';

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
    nodes: readCanvasNodes(sheet, sheets.count),
    links: readCanvasLinks(sheet),
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

function subgraphBoundary(sheet: JsonObject): Boundary {
  const ends = new Map<number, { readonly nodeId: string; readonly slot: number }>();
  for (const { originId, originSlot, targetId, targetSlot } of readCanvasLinks(sheet).values()) {
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
