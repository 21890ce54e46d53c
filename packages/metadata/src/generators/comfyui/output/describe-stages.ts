import type { GenerationStage, SamplerSettings } from '../../../image-metadata.ts';
import type { FoundStages, SamplerRun } from '../trace/find-stages.ts';
import { kindOf, type GraphWalk, type Origin } from '../graph/graph-walk.ts';
import { promptOf } from './prompt-of.ts';
import { predictSize, upscaleModelName, type PixelSize } from './predict-size.ts';
import type { Records } from '../trace/record-settings.ts';
import { traceSampler, type TracedSampler } from '../trace/trace-sampler.ts';
import { textAt } from '../graph/read-input.ts';

/** A sampler run with what it was given and what it was for. */
export interface DescribedStage {
  readonly run: SamplerRun;
  readonly traced: TracedSampler;
  readonly stage: GenerationStage;
  /** Starts from an empty latent, or from noise alone. */
  readonly isFresh: boolean;
}

/** Describes the runs in dependency order. */
export function describeStages(
  walk: GraphWalk,
  { runs }: FoundStages,
  records: Records,
): readonly DescribedStage[] {
  const described = new Map<SamplerRun, DescribedStage>();
  const tracedRuns = runs.map((run) => ({ run, traced: traceSampler(walk, run.node, records) }));
  const isTextDriven = tracedRuns.some(({ traced }) => hasText(traced));
  for (const { run, traced } of tracedRuns) {
    // A depth map or a matte that a run made for another one is no stage of the picture.
    if (isTextDriven && isHelper(traced) && runs.some(({ parents }) => parents.includes(run))) continue;
    const parents = run.parents.flatMap((parent) => described.get(parent) ?? []);
    described.set(run, describeStage(walk, run, traced, parents));
  }
  return [...described.values()];
}

function hasText({ positive }: TracedSampler): boolean {
  return positive.segments.length > 0 || positive.unresolved.length > 0;
}

/** Neither text nor noise of its own: it only turns a picture into another form. */
function isHelper(traced: TracedSampler): boolean {
  return !hasText(traced) && traced.positive.empty !== 'zeroed' && traced.settings.seed === undefined;
}

function describeStage(
  walk: GraphWalk,
  run: SamplerRun,
  traced: TracedSampler,
  parents: readonly DescribedStage[],
): DescribedStage {
  const [parent] = parents;
  const isFresh = run.between.some(({ node }) => kindOf(walk, node).isEmpty === true) && parent === undefined;
  const size = predictSize(walk, { node: run.node, slot: 0 });
  const upscale = parent && describeUpscale(walk, run, size);
  const role = stageRole(walk, run, traced, parent, upscale);
  const { model } = traced.model;
  const prompt = promptOf(traced.positive);
  const negativePrompt = promptOf(traced.negative);
  const stage: GenerationStage = {
    role,
    ...(prompt !== undefined && { prompt }),
    ...(negativePrompt !== undefined && { negativePrompt }),
    ...stageSettings(traced, parent),
    ...(model !== undefined && { model }),
    ...upscale,
    ...size,
    nodeId: run.node.id,
  };
  return { run, traced, stage, isFresh };
}

/** Where a run adds no noise of its own, it goes on from the noise of the run before. */
function stageSettings(traced: TracedSampler, parent: DescribedStage | undefined): SamplerSettings {
  if (traced.addsNoise) return traced.settings;
  const { seed: _own, ...settings } = traced.settings;
  const seed = parent?.stage.seed;
  return { ...settings, ...(seed !== undefined && { seed }) };
}

interface Upscale {
  readonly upscaler?: string;
  readonly upscaleBy?: number;
}

function describeUpscale(walk: GraphWalk, run: SamplerRun, size: PixelSize | undefined): Upscale | undefined {
  const resizes = run.between.filter(({ node }) => kindOf(walk, node).resize !== undefined);
  const [parent] = run.parents;
  const before = parent && predictSize(walk, { node: parent.node, slot: 0 });
  const factor = size && before && size.width / before.width;
  // Sizes decide, whichever node enlarged it; without sizes, a known resize node does.
  if (factor === undefined ? resizes.length === 0 : factor <= 1) return undefined;
  const upscaler = upscalerName(walk, resizes);
  return {
    ...(upscaler !== undefined && { upscaler }),
    ...(factor !== undefined && { upscaleBy: Math.round(factor * 1000) / 1000 }),
  };
}

/** A model says more of how a picture was enlarged than the filter used beside it. */
export function upscalerName(walk: GraphWalk, resizes: readonly Origin[]): string | undefined {
  for (const origin of resizes) {
    const name = upscaleModelName(walk, origin);
    if (name !== undefined) return name;
  }
  for (const { node } of resizes) {
    const resize = kindOf(walk, node).resize;
    const method = resize !== undefined && 'method' in resize ? textAt(walk, node, resize.method) : undefined;
    if (method !== undefined) return method;
  }
  return undefined;
}

function stageRole(
  walk: GraphWalk,
  run: SamplerRun,
  traced: TracedSampler,
  parent: DescribedStage | undefined,
  upscale: Upscale | undefined,
): GenerationStage['role'] {
  const declared = kindOf(walk, run.node).sampler?.role;
  if (declared !== undefined) return declared;
  if (parent === undefined) return 'base';
  if (upscale !== undefined) return 'hires';
  const { model } = traced.model;
  const isSameModel = model === undefined || model.name === parent.stage.model?.name;
  if (isSameModel) return 'continuation';
  const isSplit = (traced.settings.startStep ?? 0) > 0;
  const isSamePrompt = promptOf(traced.positive) === parent.stage.prompt;
  // Two diffusion models that share one text encoder cut one run between them (Wan 2.2).
  if (isSplit && isSamePrompt && sharesEncoder(traced, parent.traced)) return 'expert';
  return isSplit || !startsAnew(walk, run) ? 'refiner' : 'continuation';
}

function sharesEncoder(traced: TracedSampler, parent: TracedSampler): boolean {
  return traced.positive.segments[0]?.nodeId === parent.positive.segments[0]?.nodeId;
}

/** A latent of its own lies between: the picture of the stage before was only a template. */
function startsAnew(walk: GraphWalk, run: SamplerRun): boolean {
  return run.between.some(({ node }) => kindOf(walk, node).isEmpty === true);
}
