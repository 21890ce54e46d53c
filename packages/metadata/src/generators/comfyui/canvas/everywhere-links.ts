import { jsonArray, jsonObject, type JsonObject } from '../../../json/json-value.ts';
import { idOf } from '../graph/node-id.ts';
import type { WorkflowNode, WorkflowScope, WorkflowSlot } from './workflow-scope.ts';

/** Finds the wire that Use Everywhere draws to an input that nothing is plugged into. */
export type FindEverywhere = (
  node: WorkflowNode,
  slot: number,
) => { readonly nodeId: string; readonly slot: number } | { readonly link: string } | undefined;

const broadcasters: ReadonlySet<string> = new Set(['Anything Everywhere', 'Anything Everywhere3']);

/**
 * Use Everywhere connects by type and name when the graph is queued. Newer versions store what came
 * of it in `extra.ue_links`; for older ones its two plain nodes are followed.
 */
export function findEverywhere(workflow: JsonObject, scope: WorkflowScope): FindEverywhere {
  const stored = storedLinks(workflow);
  const broadcast = new Map<string, string>();
  for (const node of scope.nodes.values()) {
    for (const [target, link] of node.mode === 0 ? broadcastsOf(scope, node) : []) {
      if (!broadcast.has(target)) broadcast.set(target, link);
    }
  }
  return (node, slot) => {
    const link = stored.get(`${node.id}:${slot}`);
    if (link !== undefined) return link;
    const input = node.inputs[slot];
    const source = input && (broadcast.get(input.type) ?? broadcast.get(sideKey(input)));
    return source === undefined ? undefined : { link: source };
  };
}

function storedLinks(
  workflow: JsonObject,
): ReadonlyMap<string, { readonly nodeId: string; readonly slot: number }> {
  const entries = jsonArray(jsonObject(workflow['extra'])?.['ue_links']).flatMap((entry) => {
    const link = jsonObject(entry);
    const [target, source] = [idOf(link?.['downstream']), idOf(link?.['upstream'])];
    if (target === undefined || source === undefined) return [];
    const targetSlot = Number(idOf(link?.['downstream_slot']) ?? 0);
    const slot = Number(idOf(link?.['upstream_slot']) ?? 0);
    return [[`${target}:${targetSlot}`, { nodeId: source, slot }] as const];
  });
  return new Map(entries);
}

/** Wires that reach every open input: of a type, or of conditioning of one name. */
function broadcastsOf(
  scope: WorkflowScope,
  node: WorkflowNode,
): readonly (readonly [target: string, link: string])[] {
  if (node.type === 'Prompts Everywhere') {
    return (['positive', 'negative'] as const).flatMap((name, slot) => {
      const link = node.inputs[slot]?.link;
      return link === undefined ? [] : [[sideKey({ name, type: 'CONDITIONING' }), link] as const];
    });
  }
  if (!broadcasters.has(node.type)) return [];
  return node.inputs.flatMap((input) => {
    const type = input.link === undefined ? undefined : typeBehind(scope, input);
    return input.link === undefined || type === undefined ? [] : [[type, input.link] as const];
  });
}

/** The broadcasting input takes any type: then that of the output which it is wired to counts. */
function typeBehind(scope: WorkflowScope, { type, link, name }: WorkflowSlot): string | undefined {
  if (type !== '*') return type;
  const wire = scope.links.get(link ?? '');
  const origin = wire && scope.nodes.get(wire.originId)?.outputs[wire.originSlot]?.type;
  if (origin !== undefined && origin !== '*') return origin;
  return /^[A-Z][A-Z_]+$/.test(name) ? name : undefined;
}

function sideKey({ name, type }: Pick<WorkflowSlot, 'name' | 'type'>): string {
  return `${type}/${name.toLowerCase()}`;
}
