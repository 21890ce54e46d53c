import {
  isJsonObject,
  jsonArray,
  jsonObject,
  jsonText,
  type JsonObject,
  type JsonValue,
} from '../../../json/json-value.ts';
import { maximumNodes, maximumSlots } from '../graph/graph-limits.ts';
import { idOf } from '../graph/node-id.ts';
import type { SheetCount, WorkflowNode, WorkflowSlot } from './workflow-scope.ts';

/** Nodes of one sheet by their id; `count` goes over all sheets of a file. */
export function readCanvasNodes(sheet: JsonObject, count: SheetCount): Map<string, WorkflowNode> {
  const nodes = new Map<string, WorkflowNode>();
  for (const raw of jsonArray(sheet['nodes'])) {
    if (count.nodes >= maximumNodes) {
      count.isCut = true;
      break;
    }
    if (!isJsonObject(raw)) continue;
    const node = readCanvasNode(raw);
    if (node === undefined) continue;
    count.nodes += 1;
    nodes.set(node.id, node);
  }
  return nodes;
}

/** One node; undefined where it has no class or no id. */
export function readCanvasNode(raw: JsonObject): WorkflowNode | undefined {
  const type = jsonText(raw['type'])?.trim();
  const id = idOf(raw['id']);
  if (type === undefined || id === undefined) return undefined;
  const mode = raw['mode'];
  return {
    id,
    type,
    mode: typeof mode === 'number' ? mode : 0,
    title: jsonText(raw['title']),
    inputs: jsonArray(raw['inputs']).slice(0, maximumSlots).map(readSlot),
    outputs: jsonArray(raw['outputs']).slice(0, maximumSlots).map(readSlot),
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
