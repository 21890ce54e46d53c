import type { JsonValue } from '../../../json/json-value.ts';
import type { MetadataWarning } from '../../../image-metadata.ts';
import type { Graph, GraphInput, GraphLink, GraphNode } from './graph.ts';
import { maximumHops, maximumOpenWires } from './graph-limits.ts';
import { guessPropagated, type WireContent } from './guess-propagated.ts';
import { inferNodeKind } from './infer-node-kind.ts';
import type { FindSockets } from './sockets.ts';
import type { BundleKind, NodeKind, NodeKindIndex, Port, Ports, ReadInput } from '../node-kinds/node-kind.ts';

/** A node and the output at which a wire begins. */
export interface Origin {
  readonly node: GraphNode;
  readonly slot: number;
}

/** What lies upstream of some wires, as far as the next samplers. */
export interface Reached {
  /** The nearest samplers, in the order in which they were met. */
  readonly samplers: readonly Origin[];
  readonly between: readonly Origin[];
}

/** What a port leads to behind reroutes, pipes and other passthrough nodes. */
export type Resolved =
  | ({ readonly kind: 'origin' } & Origin)
  | { readonly kind: 'value'; readonly value: JsonValue };

/** A value, or the node behind which it is lost. */
export type Evaluated = { readonly value: JsonValue } | { readonly unresolved: GraphNode };

/** A graph with the knowledge needed to follow its wires. */
export interface GraphWalk {
  readonly graph: Graph;
  readonly kinds: NodeKindIndex;
  readonly warn: (warning: MetadataWarning) => void;
  readonly inferred: Map<string, NodeKind>;
  /** What each sampler goes on from, by its node: outputs of one graph share their samplers. */
  readonly beforeRuns: Map<string, Reached>;
  readonly socketsOf: FindSockets;
  /** Steps that may still be taken, over all queries on this graph. */
  readonly budget: { steps: number; openWires: number };
  /** Texts that display nodes wrote back into the workflow, by node id. */
  readonly displayed: ReadonlyMap<string, string>;
  /** The same by the output that was shown, as `slot:node id`. */
  readonly shown: ReadonlyMap<string, string>;
  /** Reads inputs of a node as values, through the nodes that compute them. */
  readonly readerOf: (node: GraphNode) => ReadInput;
  /** Like `readerOf`, and names the node that cannot be evaluated; undefined when the port is empty. */
  readonly evaluate: (node: GraphNode, ports: Ports) => Evaluated | undefined;
  /** The value that a node computes at an output. */
  readonly evaluateOutput: (origin: Origin) => Evaluated;
}

export function kindOf(walk: GraphWalk, node: GraphNode): NodeKind {
  const described = walk.kinds.get(node.type);
  if (described !== undefined) return described;
  const known = walk.inferred.get(node.id);
  if (known !== undefined) return known;
  const inferred = inferNodeKind(node, walk.socketsOf(node));
  walk.inferred.set(node.id, inferred);
  return inferred;
}

/** Whether the kind of this class was described, not inferred from its inputs. */
export function isKnown(walk: GraphWalk, node: GraphNode): boolean {
  return walk.kinds.has(node.type);
}

/** What the first of the ports that is connected or filled leads to. */
export function resolve(walk: GraphWalk, node: GraphNode, ports: Ports | undefined): Resolved | undefined {
  if (ports === undefined) return undefined;
  for (const port of portList(ports)) {
    const found = resolvePort(walk, node, port, 0);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Like `resolve`, for a wire only: a value that was typed in is no origin. */
export function originOf(walk: GraphWalk, node: GraphNode, ports: Ports | undefined): Origin | undefined {
  const found = resolve(walk, node, ports);
  return found?.kind === 'origin' ? found : undefined;
}

/** Origins of the wires whose content an output propagates, the main one first. */
export function propagatedOrigins(walk: GraphWalk, origin: Origin, content: WireContent): readonly Origin[] {
  const { node, slot } = origin;
  const known = kindOf(walk, node).propagates?.[slot];
  if (known === null || (known === undefined && isKnown(walk, node))) return [];
  const names = known ?? guessPropagated(node, slot, content);
  return portList(names).flatMap((port) => originOf(walk, node, port) ?? []);
}

export function portList(ports: Ports): readonly Port[] {
  return Array.isArray(ports) ? (ports as readonly Port[]) : [ports as Port];
}

/** Counts one step; false once a limit is reached, with one warning. */
export function spend(walk: GraphWalk, hops = 0): boolean {
  if (walk.budget.steps <= 0) return false;
  walk.budget.steps = hops > maximumHops ? 0 : walk.budget.steps - 1;
  if (walk.budget.steps > 0) return true;
  warnOfLimit(walk);
  return false;
}

function warnOfLimit(walk: GraphWalk): void {
  walk.warn({ code: 'limit-exceeded', message: 'the graph is too deep or too large to follow' });
}

/** Bounds the stack: following a wire may evaluate nodes, which follow wires of their own. */
function inside<T>(walk: GraphWalk, follow: () => T): T | undefined {
  if (walk.budget.openWires >= maximumOpenWires) {
    warnOfLimit(walk);
    return undefined;
  }
  walk.budget.openWires += 1;
  try {
    return follow();
  } finally {
    walk.budget.openWires -= 1;
  }
}

function resolvePort(walk: GraphWalk, node: GraphNode, port: Port, hops: number): Resolved | undefined {
  if (typeof port === 'string') return resolveInput(walk, node.inputs.get(port), hops);
  const bundle = resolveInput(walk, node.inputs.get(port.bundle), hops);
  return bundle?.kind === 'origin' ? openBundle(walk, bundle.node, port.field, hops) : undefined;
}

function resolveInput(
  walk: GraphWalk,
  input: GraphInput | undefined,
  startHops: number,
): Resolved | undefined {
  if (input === undefined) return undefined;
  if (input.kind === 'literal') return { kind: 'value', value: input.value };
  return inside(walk, () => resolveLink(walk, input, startHops));
}

function resolveLink(walk: GraphWalk, link: GraphLink, hops: number): Resolved | undefined {
  const node = walk.graph.nodes.get(link.nodeId);
  if (node === undefined) return undefined;
  if (!spend(walk, hops)) return undefined;
  const kind = kindOf(walk, node);
  const field = kind.bundle?.slots[link.slot];
  if (kind.bundle !== undefined && field !== undefined && field !== null) {
    return openBundle(walk, node, field, hops + 1);
  }
  const ports = kind.passthrough?.(walk.readerOf(node), link.slot);
  if (ports === undefined) return { kind: 'origin', node, slot: link.slot };
  for (const port of portList(ports)) {
    const found = resolvePort(walk, node, port, hops + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function openBundle(walk: GraphWalk, node: GraphNode, field: string, hops: number): Resolved | undefined {
  const bundle = kindOf(walk, node).bundle;
  if (bundle === undefined || !spend(walk, hops)) return undefined;
  return ownField(walk, node, bundle, field, hops) ?? inheritedField(walk, node, bundle, field, hops);
}

function ownField(
  walk: GraphWalk,
  node: GraphNode,
  bundle: BundleKind,
  field: string,
  hops: number,
): Resolved | undefined {
  const source = Object.hasOwn(bundle.fields, field) ? bundle.fields[field] : undefined;
  if (source === undefined) return undefined;
  if (typeof source !== 'string') return { kind: 'origin', node, slot: source.slot };
  return resolveInput(walk, node.inputs.get(source), hops + 1);
}

function inheritedField(
  walk: GraphWalk,
  node: GraphNode,
  bundle: BundleKind,
  field: string,
  hops: number,
): Resolved | undefined {
  for (const name of bundle.base ?? []) {
    const base = resolveInput(walk, node.inputs.get(name), hops + 1);
    if (base?.kind !== 'origin') continue;
    const found = inside(walk, () => openBundle(walk, base.node, field, hops + 1));
    if (found !== undefined || bundle.takesFirst === true) return found;
  }
  return undefined;
}
