import { jsonNumber, jsonText } from '../../../json/json-value.ts';
import type { MergedModel, ModelReference } from '../../../image-metadata.ts';
import type { GraphNode } from '../graph/graph.ts';
import {
  propagatedOrigins,
  kindOf,
  originOf,
  spend,
  type GraphWalk,
  type Origin,
} from '../graph/graph-walk.ts';
import type { AppliedLora, LoraKind, Ports } from '../node-kinds/node-kind.ts';
import type { Records } from './record-settings.ts';
import { recordSettings } from './record-settings.ts';
import { textAt } from '../graph/read-input.ts';

/** A model as it reaches a sampler. */
export interface TracedModel {
  readonly model?: ModelReference;
  readonly merged: readonly MergedModel[];
  /** In the order of application. */
  readonly loras: readonly AppliedLora[];
}

const nothing: TracedModel = { merged: [], loras: [] };
/** Merges of merges; each level is one level of recursion. */
const maximumMergeDepth = 16;

/** Follows a model from where it is used to where it is loaded. */
export function traceModel(
  walk: GraphWalk,
  node: GraphNode,
  ports: Ports | undefined,
  records: Records,
  depth = 0,
): TracedModel {
  // Collected against the wire: the nearest to the sampler comes first, and is applied last.
  const against: (readonly AppliedLora[])[] = [];
  let origin = originOf(walk, node, ports);
  const seen = new Set<GraphNode>();
  while (origin !== undefined && !seen.has(origin.node) && spend(walk)) {
    seen.add(origin.node);
    const kind = kindOf(walk, origin.node);
    recordSettings(walk, origin.node, records);
    if (kind.loras !== undefined) against.push(appliedLoras(walk, origin.node, kind.loras));
    if (kind.mergesModels !== undefined) {
      const parents = mergedParents(walk, origin.node, records, depth);
      return { ...parents, loras: [...parents.loras, ...inOrder(against)] };
    }
    const name = textAt(walk, origin.node, kind.loader?.model);
    if (name !== undefined) return { model: { name }, merged: [], loras: inOrder(against) };
    const [next] = propagatedOrigins(walk, origin, 'model');
    if (next === undefined) warnOfMissing(walk, origin);
    origin = next;
  }
  return { merged: [], loras: inOrder(against) };
}

function inOrder<T>(against: readonly (readonly T[])[]): readonly T[] {
  return against.toReversed().flat();
}

function warnOfMissing(walk: GraphWalk, { node }: Origin): void {
  const message = `the model comes from node ${node.id} (${node.type}), which does not name it`;
  walk.warn({ code: 'unresolved', message });
}

function mergedParents(walk: GraphWalk, node: GraphNode, records: Records, depth: number): TracedModel {
  if (depth >= maximumMergeDepth) return nothing;
  const read = walk.readerOf(node);
  const parents = (kindOf(walk, node).mergesModels ?? []).map(({ model, share }) => ({
    traced: traceModel(walk, node, model, records, depth + 1),
    share: share === undefined ? undefined : jsonNumber(read(share)),
  }));
  const merged = parents.flatMap(({ traced, share }) => {
    if (traced.merged.length > 0) return traced.merged;
    return traced.model === undefined ? [] : [{ ...traced.model, ...(share !== undefined && { share }) }];
  });
  const model = parents[0]?.traced.model;
  const loras = parents.flatMap(({ traced }) => traced.loras);
  return { ...(model !== undefined && { model }), merged, loras };
}

/** LoRAs of a node, behind those of the stack that it takes in. */
export function appliedLoras(walk: GraphWalk, start: GraphNode, startKind: LoraKind): readonly AppliedLora[] {
  const against: (readonly AppliedLora[])[] = [];
  let node: GraphNode | undefined = start;
  let kind: LoraKind | undefined = startKind;
  const seen = new Set<GraphNode>();
  while (node !== undefined && kind !== undefined && !seen.has(node) && spend(walk)) {
    seen.add(node);
    against.push(kind.applied(walk.readerOf(node), [...node.inputs.keys()]));
    node = originOf(walk, node, kind.stack)?.node;
    kind = node && kindOf(walk, node).loras;
  }
  return inOrder(against);
}

/** The VAE's file; `baked` when the decoder uses the one inside the checkpoint. */
export function traceVae(walk: GraphWalk, node: GraphNode, ports: Ports | undefined): string | undefined {
  let origin = originOf(walk, node, ports);
  while (origin !== undefined && spend(walk)) {
    const { loader } = kindOf(walk, origin.node);
    const own = textAt(walk, origin.node, loader?.vae);
    if (own !== undefined) return jsonText(/^baked/i.test(own) ? 'baked' : own);
    if (loader?.model !== undefined) return 'baked';
    [origin] = propagatedOrigins(walk, origin, 'vae');
  }
  return undefined;
}
