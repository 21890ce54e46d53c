import { isJsonObject, jsonArray, jsonObject, jsonText, type JsonObject } from '../../../json/json-value.ts';
import { maximumNodes, maximumSheets, maximumSubgraphDepth, maximumWires } from '../graph/graph-limits.ts';
import { createComparisonBudget } from './align-widgets.ts';
import { groupNodeScope } from './group-node-scope.ts';
import type { NodeKindIndex } from '../node-kinds/node-kind.ts';
import { readCanvasLinks } from './read-canvas-links.ts';
import { readCanvasNodes } from './read-canvas-nodes.ts';
import {
  outputEdge,
  type Boundary,
  type SheetCount,
  type WorkflowLink,
  type WorkflowNode,
  type WorkflowScope,
} from './workflow-scope.ts';

interface Sheets {
  readonly subgraphs: ReadonlyMap<string, JsonObject>;
  readonly groupNodes: JsonObject | undefined;
  readonly kinds: NodeKindIndex;
  readonly count: SheetCount;
}

/** Reads the sheet of the canvas and, below it, the inside of every subgraph and group node on it. */
export function readWorkflow(workflow: JsonObject, kinds: NodeKindIndex): WorkflowScope {
  const definitions = jsonArray(jsonObject(workflow['definitions'])?.['subgraphs']);
  const subgraphs = new Map<string, JsonObject>();
  for (const definition of definitions) {
    const id = jsonText(jsonObject(definition)?.['id']);
    if (id !== undefined && isJsonObject(definition)) subgraphs.set(id, definition);
  }
  const groupNodes = jsonObject(jsonObject(workflow['extra'])?.['groupNodes']);
  const count = { nodes: 0, wires: 0, sheets: 0, isCut: false, comparisons: createComparisonBudget() };
  return readScope(workflow, { subgraphs, groupNodes, kinds, count }, '', undefined, 0);
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
  const links = readCanvasLinks(sheet, sheets.count);
  const scope: WorkflowScope = {
    prefix,
    nodes: readCanvasNodes(sheet, sheets.count),
    links,
    insides,
    instance,
    count: sheets.count,
    boundary: boundary ?? (instance && subgraphBoundary(sheet, links)),
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
  if (subgraph !== undefined) {
    return fits(subgraph, sheets.count)
      ? readScope(subgraph, sheets, prefix, { scope, node }, depth + 1)
      : undefined;
  }
  const name = /^workflow[/>](.+)$/s.exec(node.type)?.[1];
  const group = name === undefined ? undefined : jsonObject(sheets.groupNodes?.[name]);
  if (group === undefined || !fits(group, sheets.count)) return undefined;
  const { sheet, boundary } = groupNodeScope(group, node, sheets);
  return readScope(sheet, sheets, prefix, { scope, node }, depth + 1, boundary);
}

/** One definition may be used a thousand times: each time it is counted before it is read. */
function fits(sheet: JsonObject, count: SheetCount): boolean {
  count.sheets += 1;
  const isWithin =
    count.sheets <= maximumSheets &&
    count.nodes + jsonArray(sheet['nodes']).length <= maximumNodes &&
    count.wires + jsonArray(sheet['links']).length <= maximumWires;
  count.isCut ||= !isWithin;
  return isWithin;
}

function subgraphBoundary(sheet: JsonObject, links: ReadonlyMap<string, WorkflowLink>): Boundary {
  const ends = new Map<number, { readonly nodeId: string; readonly slot: number }>();
  for (const { originId, originSlot, targetId, targetSlot } of links.values()) {
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
