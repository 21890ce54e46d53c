import { maximumStages } from '../graph/graph-limits.ts';
import type { GraphNode } from '../graph/graph.ts';
import {
  propagatedOrigins,
  kindOf,
  originOf,
  portList,
  spend,
  type GraphWalk,
  type Origin,
  type Reached,
} from '../graph/graph-walk.ts';

/** One sampler run on the way to an output. */
export interface SamplerRun {
  readonly node: GraphNode;
  /** Runs whose result this one goes on from, main one first. */
  readonly parents: readonly SamplerRun[];
  /** What lies between this run and its parents, nearest first. */
  readonly between: readonly Origin[];
}

/** What was found upstream of an output: sampler runs in dependency order, and what lies behind the last. */
export interface FoundStages {
  readonly runs: readonly SamplerRun[];
  readonly behind: readonly Origin[];
}

/** Follows pictures and latents from where they are written back to the runs that made them. */
export function findStages(walk: GraphWalk, starts: readonly Origin[]): FoundStages {
  const runs = new Map<string, SamplerRun>();
  const ordered: SamplerRun[] = [];
  const last = upTo(walk, starts);
  for (const sampler of dependencyOrder(walk, last.samplers)) {
    const before = beforeRun(walk, sampler);
    const parents = before.samplers.flatMap(({ node }) => runs.get(node.id) ?? []);
    const run: SamplerRun = { node: sampler.node, parents, between: before.between };
    runs.set(sampler.node.id, run);
    ordered.push(run);
  }
  return { runs: ordered, behind: last.between };
}

function isSampler(walk: GraphWalk, node: GraphNode): boolean {
  return kindOf(walk, node).sampler !== undefined;
}

function upTo(walk: GraphWalk, starts: readonly Origin[]): Reached {
  const samplers = new Map<GraphNode, Origin>();
  const between: Origin[] = [];
  const seen = new Set<string>();
  const waiting = [...starts].reverse();
  for (let origin = waiting.pop(); origin !== undefined; origin = waiting.pop()) {
    const key = `${origin.slot}:${origin.node.id}`;
    if (seen.has(key) || !spend(walk)) continue;
    seen.add(key);
    if (isSampler(walk, origin.node)) {
      if (!samplers.has(origin.node)) samplers.set(origin.node, origin);
      // One more than are described, which is told.
      if (samplers.size > maximumStages) break;
      continue;
    }
    between.push(origin);
    waiting.push(...[...propagatedOrigins(walk, origin, 'pixels')].reverse());
  }
  return { samplers: [...samplers.values()], between };
}

function beforeRun(walk: GraphWalk, { node }: Origin): Reached {
  const known = walk.beforeRuns.get(node.id);
  if (known !== undefined) return known;
  const reached = upTo(walk, [...startsFrom(walk, node), ...alongConditioning(walk, node)]);
  walk.beforeRuns.set(node.id, reached);
  return reached;
}

/** What a run starts from. */
export function startsFrom(walk: GraphWalk, node: GraphNode): readonly Origin[] {
  const from = kindOf(walk, node).sampler?.from;
  if (from === undefined) return propagatedOrigins(walk, { node, slot: 0 }, 'pixels');
  return portList(from).flatMap((port) => originOf(walk, node, port) ?? []);
}

/** Stable Cascade hands the first stage's latent to the second inside its conditioning. */
function alongConditioning(walk: GraphWalk, node: GraphNode): readonly Origin[] {
  const origin = originOf(walk, node, kindOf(walk, node).sampler?.positive);
  const port = origin && kindOf(walk, origin.node).latentBefore;
  const latent = origin && originOf(walk, origin.node, port);
  return latent === undefined ? [] : [latent];
}

function dependencyOrder(walk: GraphWalk, last: readonly Origin[]): readonly Origin[] {
  const ordered: Origin[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const waiting = [...last].reverse();
  while (waiting.length > 0) {
    const origin = waiting.at(-1);
    if (origin === undefined) break;
    const { id } = origin.node;
    const before = state.get(id);
    if (before !== undefined) {
      waiting.pop();
      if (before === 'open') ordered.push(origin);
      state.set(id, 'done');
      continue;
    }
    if (state.size >= maximumStages) {
      walk.warn({ code: 'limit-exceeded', message: `more than ${maximumStages} sampler runs` });
      break;
    }
    state.set(id, 'open');
    const parents = beforeRun(walk, origin).samplers.filter(({ node }) => !state.has(node.id));
    waiting.push(...[...parents].reverse());
  }
  return ordered;
}
