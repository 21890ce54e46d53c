import type { JsonValue } from '../../../json/json-value.ts';
import type { MetadataWarning } from '../../../image-metadata.ts';
import type { Graph, GraphInput, GraphLink, GraphNode } from './graph.ts';
import { maximumHops, maximumOpenWires } from './graph-limits.ts';
import { guessCarried, type Wanted } from './guess-carried.ts';
import { inferNodeKind } from './infer-node-kind.ts';
import type { BundleKind, NodeKind, NodeKindIndex, Port, Ports, ReadInput } from '../node-kinds/node-kind.ts';

/** A node and the output at which a wire begins. */
export interface Origin {
  readonly node: GraphNode;
  readonly slot: number;
}

/** What a port leads to once the plumbing between is taken away. */
export type Settled =
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
  /** Steps that may still be taken, over all questions asked of this graph. */
  readonly budget: { steps: number; openWires: number };
  /** Texts that display nodes wrote back into the workflow, by node id. */
  readonly displayed: ReadonlyMap<string, string>;
  /** The same by the output that was shown, as `slot:node id`. */
  readonly shown: ReadonlyMap<string, string>;
  /** Reads inputs of a node as values, through the nodes that compute them. */
  readonly readerOf: (node: GraphNode) => ReadInput;
  /** Like `readerOf`, and tells which node is in the way; undefined when the port is empty. */
  readonly evaluate: (node: GraphNode, ports: Ports) => Evaluated | undefined;
}

export function kindOf(walk: GraphWalk, node: GraphNode): NodeKind {
  const described = walk.kinds.get(node.type);
  if (described !== undefined) return described;
  const known = walk.inferred.get(node.id);
  if (known !== undefined) return known;
  const inferred = inferNodeKind(node);
  walk.inferred.set(node.id, inferred);
  return inferred;
}

/** Whether somebody wrote down what this class does, as opposed to what its inputs suggest. */
export function isKnown(walk: GraphWalk, node: GraphNode): boolean {
  return walk.kinds.has(node.type);
}

/** What the first of the ports that is connected or filled leads to. */
export function settle(walk: GraphWalk, node: GraphNode, ports: Ports | undefined): Settled | undefined {
  if (ports === undefined) return undefined;
  for (const port of portList(ports)) {
    const found = settlePort(walk, node, port, 0);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Like `settle`, for a wire only: a value that was typed in is no origin. */
export function originOf(walk: GraphWalk, node: GraphNode, ports: Ports | undefined): Origin | undefined {
  const found = settle(walk, node, ports);
  return found?.kind === 'origin' ? found : undefined;
}

/** Origins of the wires whose content an output carries on, main one first. */
export function carriedOrigins(walk: GraphWalk, origin: Origin, wanted: Wanted): readonly Origin[] {
  const { node, slot } = origin;
  const known = kindOf(walk, node).carries?.[slot];
  if (known === null || (known === undefined && isKnown(walk, node))) return [];
  const names = known ?? guessCarried(node, slot, wanted);
  return portList(names).flatMap((port) => originOf(walk, node, port) ?? []);
}

export function portList(ports: Ports): readonly Port[] {
  return Array.isArray(ports) ? (ports as readonly Port[]) : [ports as Port];
}

/** Counts one step; false when a limit is reached, which is warned of once. */
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

/** Each wire that is followed inside another costs stack, across all nodes that are computed on the way. */
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

function settlePort(walk: GraphWalk, node: GraphNode, port: Port, hops: number): Settled | undefined {
  if (typeof port === 'string') return settleInput(walk, node.inputs.get(port), hops);
  const bundle = settleInput(walk, node.inputs.get(port.bundle), hops);
  return bundle?.kind === 'origin' ? openBundle(walk, bundle.node, port.field, hops) : undefined;
}

function settleInput(walk: GraphWalk, input: GraphInput | undefined, startHops: number): Settled | undefined {
  if (input === undefined) return undefined;
  if (input.kind === 'literal') return { kind: 'value', value: input.value };
  return inside(walk, () => settleLink(walk, input, startHops));
}

function settleLink(walk: GraphWalk, link: GraphLink, hops: number): Settled | undefined {
  const node = walk.graph.nodes.get(link.nodeId);
  if (node === undefined) return undefined;
  if (!spend(walk, hops)) return undefined;
  const kind = kindOf(walk, node);
  const field = kind.bundle?.slots[link.slot];
  if (kind.bundle !== undefined && field !== undefined && field !== null) {
    return openBundle(walk, node, field, hops + 1);
  }
  const repeated = kind.repeats?.(walk.readerOf(node), link.slot);
  if (repeated === undefined) return { kind: 'origin', node, slot: link.slot };
  for (const port of portList(repeated)) {
    const found = settlePort(walk, node, port, hops + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function openBundle(walk: GraphWalk, node: GraphNode, field: string, hops: number): Settled | undefined {
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
): Settled | undefined {
  const source = Object.hasOwn(bundle.fields, field) ? bundle.fields[field] : undefined;
  if (source === undefined) return undefined;
  if (typeof source !== 'string') return { kind: 'origin', node, slot: source.slot };
  return settleInput(walk, node.inputs.get(source), hops + 1);
}

function inheritedField(
  walk: GraphWalk,
  node: GraphNode,
  bundle: BundleKind,
  field: string,
  hops: number,
): Settled | undefined {
  for (const name of bundle.base ?? []) {
    const base = settleInput(walk, node.inputs.get(name), hops + 1);
    if (base?.kind !== 'origin') continue;
    const found = inside(walk, () => openBundle(walk, base.node, field, hops + 1));
    if (found !== undefined || bundle.takesFirst === true) return found;
  }
  return undefined;
}
