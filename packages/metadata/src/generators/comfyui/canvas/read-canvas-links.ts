import {
  isJsonArray,
  jsonArray,
  jsonObject,
  type JsonObject,
  type JsonValue,
} from '../../../json/json-value.ts';
import { maximumWires } from '../graph/graph-limits.ts';
import { idOf } from '../graph/node-id.ts';
import type { SheetCount, WorkflowLink } from './workflow-scope.ts';

/** Wires are lists of six on the canvas, and objects in subgraphs and in newer files. */
export function readCanvasLinks(sheet: JsonObject, count: SheetCount): Map<string, WorkflowLink> {
  const links = new Map<string, WorkflowLink>();
  for (const raw of jsonArray(sheet['links'])) {
    if (count.wires >= maximumWires) {
      count.isCut = true;
      break;
    }
    count.wires += 1;
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
