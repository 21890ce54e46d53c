import type { GraphNode } from '../graph/graph.ts';
import { isCalledOutput } from '../graph/infer-output.ts';
import { findStages, type FoundStages } from '../trace/find-stages.ts';
import { isKnown, kindOf, originOf, type GraphWalk, type Origin } from '../graph/graph-walk.ts';
import type { OutputKind } from '../node-kinds/node-kind.ts';
import { predictSize } from './predict-size.ts';

/** What is known of the file itself. */
export interface FileInfo {
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly fileName: string | undefined;
  /** Undefined where the container holds both, such as WebP. */
  readonly isVideo: boolean | undefined;
}

/** A node that wrote or showed something, with what lies upstream of it. */
export interface GraphOutput {
  readonly node: GraphNode;
  readonly kind: OutputKind | undefined;
  readonly starts: readonly Origin[];
  readonly stages: FoundStages;
}

/** Outputs of one graph that are looked at. */
const maximumOutputs = 64;

/**
 * The outputs that may have written this file. More than one means that they are equally likely:
 * the graph does not say which of them the file is.
 */
export function chooseOutput(walk: GraphWalk, file: FileInfo): readonly GraphOutput[] {
  const outputs = findOutputs(walk);
  if (outputs.length === 1) return outputs;
  const scored = outputs.map((output) => ({ output, score: scoreOutput(walk, output, file) }));
  const best = Math.max(...scored.map(({ score }) => score));
  return widest(scored.flatMap(({ output, score }) => (score === best ? output : [])));
}

function findOutputs(walk: GraphWalk): readonly GraphOutput[] {
  const declared = [...walk.graph.nodes.values()].flatMap((node) => {
    const kind = isKnown(walk, node) || isCalledOutput(node) ? kindOf(walk, node).output : undefined;
    if (kind === undefined) return [];
    const wired = kind.from.flatMap((name) => originOf(walk, node, name) ?? []);
    const starts = kind.itself === true ? [{ node, slot: 0 }] : wired;
    return starts.length === 0 ? [] : [{ node, kind, starts }];
  });
  const found = declared.slice(0, maximumOutputs).map((output) => withStages(walk, output));
  const useful = found.filter(({ stages }) => stages.runs.length > 0);
  if (useful.length > 0) return useful;
  const unread = unreadSamplers(walk).map((output) => withStages(walk, output));
  return unread.length > 0 ? unread : found;
}

function withStages(walk: GraphWalk, output: Omit<GraphOutput, 'stages'>): GraphOutput {
  return { ...output, stages: findStages(walk, output.starts) };
}

/** Samplers whose result is unused: the graph was cut before its output, or its output class is unknown. */
function unreadSamplers(walk: GraphWalk): readonly Omit<GraphOutput, 'stages'>[] {
  // A prompt for a service may be one for a language model, unless a picture comes of it.
  const samplers = [...walk.graph.nodes.values()].filter((node) => {
    const { sampler } = kindOf(walk, node);
    return sampler !== undefined && sampler.isRemote !== true;
  });
  const feedsAnother = new Set<string>();
  for (const { runs } of samplers
    .slice(0, maximumOutputs)
    .map((node) => findStages(walk, [{ node, slot: 0 }]))) {
    for (const run of runs) for (const parent of run.parents) feedsAnother.add(parent.node.id);
  }
  return samplers
    .filter((node) => !feedsAnother.has(node.id))
    .slice(0, maximumOutputs)
    .map((node) => ({ node, kind: undefined, starts: [{ node, slot: 0 }] }));
}

function scoreOutput(walk: GraphWalk, { kind, node, starts }: GraphOutput, file: FileInfo): number {
  const isRightMedium = kind !== undefined && (kind.media === 'video') === file.isVideo;
  const isPrefix = matchesPrefix(walk, node, kind, file.fileName);
  // The size decides first, then the name: a video pack saves a still of the first frame under the same name.
  // A preview is the file only where its size fits and that of no other output may.
  return (
    8 * sizeAgreement(walk, starts, file) +
    4 * Number(isPrefix) +
    2 * Number(isRightMedium) +
    9 * Number(kind?.is === 'save')
  );
}

/** 1 where the graph predicts the size of the file, -1 where it predicts another, 0 where it predicts none. */
function sizeAgreement(walk: GraphWalk, starts: readonly Origin[], file: FileInfo): -1 | 0 | 1 {
  const [start] = starts;
  const size = start && predictSize(walk, start);
  if (size === undefined || file.width === undefined || file.height === undefined) return 0;
  return isClose(size.width, file.width) && isClose(size.height, file.height) ? 1 : -1;
}

/** Latents are made of blocks of 8 pixels, so that a picture may lose up to 7. */
function isClose(predicted: number, real: number): boolean {
  return Math.abs(predicted - real) < 8;
}

function matchesPrefix(
  walk: GraphWalk,
  node: GraphNode,
  kind: OutputKind | undefined,
  fileName: string | undefined,
): boolean {
  const prefix = kind?.prefix === undefined ? undefined : walk.readerOf(node)(kind.prefix);
  if (typeof prefix !== 'string' || fileName === undefined) return false;
  const name = prefix.split(/[\\/]/).at(-1) ?? '';
  // `%date%` and relatives were filled in when the file was written.
  const [fixed = ''] = name.split('%');
  return fixed !== '' && fileName.startsWith(fixed);
}

/** Of outputs on one path only the last counts: what it holds includes the others. */
function widest(outputs: readonly GraphOutput[]): readonly GraphOutput[] {
  const runsOf = (output: GraphOutput): ReadonlySet<string> =>
    new Set(output.stages.runs.map(({ node }) => node.id));
  const sets = outputs.map((output) => ({ output, runs: runsOf(output) }));
  return sets
    .filter(({ output, runs }, index) =>
      sets.every((other, otherIndex) => {
        if (other.output === output || !isSubset(runs, other.runs)) return true;
        return other.runs.size === runs.size && index < otherIndex;
      }),
    )
    .map(({ output }) => output);
}

function isSubset(inner: ReadonlySet<string>, outer: ReadonlySet<string>): boolean {
  return [...inner].every((id) => outer.has(id));
}
