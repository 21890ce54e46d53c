import { jsonArray, type JsonValue } from '../../../json/json-value.ts';
import { link, literal, type GraphInput } from '../graph/graph.ts';
import { maximumHops } from '../graph/graph-limits.ts';
import { promotedWidgets } from './promoted-widgets.ts';
import { inputEdge, type WorkflowNode, type WorkflowScope, type WorkflowSlot } from './workflow-scope.ts';

const muted = 2;
const bypassed = 4;

const rerouteTypes: ReadonlySet<string> = new Set([
  'Reroute',
  'Reroute (rgthree)',
  'ReroutePrimitive|pysssss',
]);
const setTypes: ReadonlySet<string> = new Set(['SetNode', 'easy setNode']);
const getTypes: ReadonlySet<string> = new Set(['GetNode', 'easy getNode']);
const virtualTypes: ReadonlySet<string> = new Set([
  ...setTypes,
  ...getTypes,
  'Reroute',
  'PrimitiveNode',
  'Note',
  'MarkdownNote',
]);

/** Whether the node takes part in the run itself, rather than only standing on the canvas. */
export function isExecuted(scope: WorkflowScope, node: WorkflowNode): boolean {
  return (
    node.mode !== muted &&
    node.mode !== bypassed &&
    !virtualTypes.has(node.type) &&
    !scope.insides.has(node.id)
  );
}

/** Whether a sheet is run at all: no node that it lies inside of is switched off. */
export function isActive(scope: WorkflowScope): boolean {
  for (let inner = scope; inner.instance !== undefined; inner = inner.instance.scope) {
    const { mode } = inner.instance.node;
    if (mode === muted || mode === bypassed) return false;
  }
  return true;
}

/** What a wire brings, once everything that is only on the canvas is taken away. */
export function resolveLink(scope: WorkflowScope, linkId: string, hops = 0): GraphInput | undefined {
  const wire = scope.links.get(linkId);
  return wire === undefined ? undefined : resolveOrigin(scope, wire.originId, wire.originSlot, hops);
}

/** What an output of a node gives. */
export function resolveOrigin(
  scope: WorkflowScope,
  nodeId: string,
  slot: number,
  hops: number,
): GraphInput | undefined {
  if (hops > maximumHops) return undefined;
  if (nodeId === inputEdge) return resolveEdge(scope, slot, hops + 1);
  const node = scope.nodes.get(nodeId);
  if (node === undefined || node.mode === muted) return undefined;
  if (node.mode === bypassed) return resolveBypassed(scope, node, slot, hops + 1);
  if (rerouteTypes.has(node.type)) return resolveSlot(scope, node.inputs[0], hops + 1);
  if (node.type === 'PrimitiveNode') return firstWidget(scope, node);
  if (getTypes.has(node.type)) return resolveNamed(scope, node, hops + 1);
  if (setTypes.has(node.type)) return resolveSlot(scope, node.inputs[0], hops + 1);
  return resolveInside(scope, node, slot, hops) ?? link(`${scope.prefix}${node.id}`, slot);
}

function resolveInside(
  scope: WorkflowScope,
  node: WorkflowNode,
  slot: number,
  hops: number,
): GraphInput | undefined {
  const inside = scope.insides.get(node.id);
  const origin = inside?.boundary?.output(slot);
  return inside && origin && resolveOrigin(inside, origin.nodeId, origin.slot, hops + 1);
}

function resolveSlot(
  scope: WorkflowScope,
  slot: WorkflowSlot | undefined,
  hops: number,
): GraphInput | undefined {
  return slot?.link === undefined ? undefined : resolveLink(scope, slot.link, hops);
}

/** The edge of a subgraph: what arrives at the slot of that name outside, or the widget there. */
function resolveEdge(scope: WorkflowScope, slot: number, hops: number): GraphInput | undefined {
  const { instance } = scope;
  if (instance === undefined) return undefined;
  const outer = outerSlot(scope, slot);
  if (outer?.link !== undefined) return resolveLink(instance.scope, outer.link, hops);
  const name = scope.boundary?.inputName(slot) ?? outer?.name ?? '';
  const value = promotedWidgets(instance.node).get(`-1:${name}`);
  return value === undefined ? undefined : literal(value);
}

function outerSlot({ instance, boundary }: WorkflowScope, slot: number): WorkflowSlot | undefined {
  const name = boundary?.inputName(slot);
  const inputs = instance?.node.inputs ?? [];
  return name === undefined ? inputs[slot] : inputs.find((input) => input.name === name);
}

/** Whether a wire begins at an edge that nothing is plugged into: then the inner value counts. */
export function isOpenEdge(scope: WorkflowScope, linkId: string, hops = 0): boolean {
  const wire = scope.links.get(linkId);
  if (wire?.originId !== inputEdge || scope.instance === undefined || hops > maximumHops) return false;
  const outer = outerSlot(scope, wire.originSlot);
  return outer?.link === undefined || isOpenEdge(scope.instance.scope, outer.link, hops + 1);
}

/** A bypassed node hands on the input of the same type: at the same place, or the first. */
function resolveBypassed(
  scope: WorkflowScope,
  node: WorkflowNode,
  slot: number,
  hops: number,
): GraphInput | undefined {
  const type = node.outputs[slot]?.type;
  const isMatch = (input: WorkflowSlot | undefined): boolean =>
    input?.link !== undefined && (input.type === type || input.type === '*' || type === '*');
  const same = node.inputs[slot];
  return resolveSlot(scope, isMatch(same) ? same : node.inputs.find(isMatch), hops);
}

function firstWidget(scope: WorkflowScope, node: WorkflowNode): GraphInput | undefined {
  const set = scope.boundary?.widgets.get(`${node.id}:#0`);
  const value = set ?? jsonArray(node.raw['widgets_values'])[0];
  return value === undefined ? undefined : literal(value);
}

/** Get nodes name their Set node, which may stand on an outer sheet. */
function resolveNamed(scope: WorkflowScope, get: WorkflowNode, hops: number): GraphInput | undefined {
  const name = jsonArray(get.raw['widgets_values'])[0];
  for (let at: WorkflowScope | undefined = scope; at !== undefined; at = at.instance?.scope) {
    const set = namedWires(at).get(name);
    if (set !== undefined) return resolveSlot(at, set.inputs[0], hops);
  }
  return undefined;
}

const namedBySheet = new WeakMap<WorkflowScope, ReadonlyMap<JsonValue | undefined, WorkflowNode>>();

/** The Set nodes of a sheet by their name; of two, the first counts. */
function namedWires(scope: WorkflowScope): ReadonlyMap<JsonValue | undefined, WorkflowNode> {
  const known = namedBySheet.get(scope);
  if (known !== undefined) return known;
  const named = new Map<JsonValue | undefined, WorkflowNode>();
  for (const node of scope.nodes.values()) {
    const name = setTypes.has(node.type) ? jsonArray(node.raw['widgets_values'])[0] : undefined;
    if (name !== undefined && !named.has(name)) named.set(name, node);
  }
  namedBySheet.set(scope, named);
  return named;
}
