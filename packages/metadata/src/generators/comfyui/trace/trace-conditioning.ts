import type { PromptSegment } from '../../../image-metadata.ts';
import type { GraphNode } from '../graph/graph.ts';
import { maximumHops } from '../graph/graph-limits.ts';
import {
  propagatedOrigins,
  kindOf,
  originOf,
  spend,
  type GraphWalk,
  type Origin,
} from '../graph/graph-walk.ts';
import type { LimitKind, MergeKind, Ports, TextKind } from '../node-kinds/node-kind.ts';
import { recordSettings, type Records } from './record-settings.ts';
import { encodeText } from './encode-text.ts';
import { numberAt } from '../graph/read-input.ts';

export type Side = 'positive' | 'negative';

/** What reaches one side of a sampler. */
export interface TracedConditioning {
  /** Texts in the order in which they are put together. */
  readonly segments: readonly PromptSegment[];
  readonly guidance?: number;
  readonly clipSkip?: number;
  /** LoRA tags that stood in the text of a node that applies them. */
  readonly appliesLorasOf: readonly string[];
  /** Why there is no text, where that is known. */
  readonly empty?: 'zeroed' | 'picture';
  /** Nodes whose text is not stored. */
  readonly unresolved: readonly GraphNode[];
  /** The same for one of several texts of an encoder, of which the others are known. */
  readonly lost: readonly GraphNode[];
}

/** Follows one side of the conditioning from a port to the texts behind it. */
export function traceConditioning(
  walk: GraphWalk,
  node: GraphNode,
  ports: Ports | undefined,
  side: Side,
  records: Records,
): TracedConditioning {
  const tracer = new ConditioningTracer(walk, side, records);
  const origin = originOf(walk, node, ports);
  if (origin !== undefined) tracer.follow(origin, {}, 0);
  return tracer.result();
}

type Context = Pick<PromptSegment, 'relation' | 'weight' | 'area' | 'range'>;

class ConditioningTracer {
  readonly #walk: GraphWalk;
  readonly #side: Side;
  readonly #records: Records;
  readonly #segments: PromptSegment[] = [];
  readonly #appliesLorasOf: string[] = [];
  readonly #unresolved = new Set<GraphNode>();
  readonly #lost = new Set<GraphNode>();
  readonly #seen = new Set<string>();
  #guidance: number | undefined;
  #clipSkip: number | undefined;
  #empty: 'zeroed' | 'picture' | undefined;

  constructor(walk: GraphWalk, side: Side, records: Records) {
    this.#walk = walk;
    this.#side = side;
    this.#records = records;
  }

  result(): TracedConditioning {
    return {
      segments: this.#segments,
      appliesLorasOf: this.#appliesLorasOf,
      unresolved: [...this.#unresolved],
      lost: [...this.#lost],
      ...(this.#guidance !== undefined && { guidance: this.#guidance }),
      ...(this.#clipSkip !== undefined && { clipSkip: this.#clipSkip }),
      ...(this.#empty !== undefined && { empty: this.#empty }),
    };
  }

  follow(origin: Origin, context: Context, hops: number): void {
    const key = `${origin.slot}:${origin.node.id}`;
    if (this.#seen.has(key) || !spend(this.#walk, hops)) return;
    this.#seen.add(key);
    const kind = kindOf(this.#walk, origin.node);
    recordSettings(this.#walk, origin.node, this.#records);
    this.#guidance ??= numberAt(this.#walk, origin.node, kind.guidance);
    const inner = this.#limited(origin.node, kind.limit, context);
    const text = kind.textAt?.[origin.slot] ?? kind.textOf?.[this.#side] ?? kind.text;
    if (kind.merge !== undefined) this.#merge(origin.node, kind.merge, text ? context : inner, hops);
    if (text !== undefined) return this.#text(origin.node, text, inner);
    if (kind.merge !== undefined) return;
    if (kind.zeroed === true) this.#empty ??= 'zeroed';
    else if (kind.pictureOnly === true) this.#empty ??= 'picture';
    else this.#propagate(origin, inner, hops);
  }

  #propagate(origin: Origin, context: Context, hops: number): void {
    const origins = propagatedOrigins(this.#walk, origin, this.#side);
    if (origins.length === 0) this.#unresolved.add(origin.node);
    origins.forEach((next, index) => {
      this.follow(next, index === 0 ? context : { ...context, relation: 'combine' }, hops + 1);
    });
  }

  #merge(node: GraphNode, merge: MergeKind, context: Context, hops: number): void {
    const weight = numberAt(this.#walk, node, merge.weight);
    mergedInputs(node, merge).forEach((name, index) => {
      const origin = originOf(this.#walk, node, name);
      if (origin === undefined) return;
      const share = weight === undefined ? {} : { weight: index === 0 ? weight : 1 - weight };
      const relation = index === 0 ? {} : { relation: merge.relation };
      this.follow(origin, { ...context, ...share, ...relation }, hops + 1);
    });
  }

  #text(node: GraphNode, kind: TextKind, context: Context): void {
    this.#guidance ??= numberAt(this.#walk, node, kind.guidance);
    this.#clipSkip ??= ownLayer(this.#walk, node, kind) ?? clipSkip(this.#walk, node, kind.clip);
    const encoded = encodeText(this.#walk, node, kind);
    for (const lost of encoded.unresolved) this.#unresolved.add(lost);
    for (const lost of encoded.lost) this.#lost.add(lost);
    if (encoded.text === undefined) return;
    if (kind.appliesLoras === true) this.#appliesLorasOf.push(encoded.text);
    const { relation, ...rest } = context;
    const joins = this.#segments.length > 0 && { relation: relation ?? 'combine' };
    const parts = encoded.parts !== undefined && { parts: encoded.parts };
    this.#segments.push({ text: encoded.text, ...joins, ...rest, ...parts, nodeId: node.id });
  }

  #limited(node: GraphNode, limit: LimitKind | undefined, context: Context): Context {
    if (limit === undefined) return context;
    const at = (port: Ports): number | undefined => numberAt(this.#walk, node, port);
    return { ...context, ...readArea(limit, at), ...readRange(limit, at) };
  }
}

type ReadNumber = (port: Ports) => number | undefined;

function readArea({ area, unit }: LimitKind, at: ReadNumber): Context {
  if (area === undefined) return {};
  const [x, y, width, height] = [at(area.x), at(area.y), at(area.width), at(area.height)];
  if (x === undefined || y === undefined || width === undefined || height === undefined) return {};
  return { area: { x, y, width, height, unit: unit ?? 'pixels' } };
}

function readRange({ range }: LimitKind, at: ReadNumber): Context {
  if (range === undefined) return {};
  const [start, end] = [at(range.start), at(range.end)];
  return start === undefined || end === undefined ? {} : { range: { start, end } };
}

function mergedInputs(node: GraphNode, merge: MergeKind): readonly string[] {
  const named = merge.inputs.filter((name) => name !== '*');
  if (named.length === merge.inputs.length) return named;
  const others = [...node.inputs].filter(([name, input]) => input.kind === 'link' && !named.includes(name));
  return [...named, ...others.map(([name]) => name)];
}

function ownLayer(walk: GraphWalk, node: GraphNode, kind: TextKind): number | undefined {
  const layer = numberAt(walk, node, kind.stopLayer);
  return layer === undefined || layer === 0 ? undefined : Math.abs(layer);
}

/** Layers that the text encoder leaves out, counted as A1111 does: 1 is the whole encoder. */
function clipSkip(walk: GraphWalk, node: GraphNode, ports: Ports | undefined): number | undefined {
  let origin = originOf(walk, node, ports);
  for (let hops = 0; origin !== undefined && hops < maximumHops && spend(walk); hops += 1) {
    const { stopLayer } = kindOf(walk, origin.node);
    const layer = numberAt(walk, origin.node, stopLayer);
    if (layer !== undefined) return Math.abs(layer);
    [origin] = propagatedOrigins(walk, origin, 'clip');
  }
  return undefined;
}
