import type { Generation, GenerationRole, PromptSegment } from '../../../image-metadata.ts';
import { definedOnly } from '../../fields/defined-only.ts';
import type { GraphOutput } from './choose-output.ts';
import { describeStages, type DescribedStage } from './describe-stages.ts';
import { embeddingsIn } from './embeddings-in.ts';
import type { GraphWalk } from '../graph/graph-walk.ts';
import { promptOf } from './prompt-of.ts';
import { outputVae } from './output-vae.ts';
import { recordPath } from './record-path.ts';
import { printRecords, type Records } from '../trace/record-settings.ts';
import { activeLoras } from './stage-loras.ts';

/** The description of what one output of the graph wrote. Undefined when no sampler is behind it. */
export function describeOutput(walk: GraphWalk, output: GraphOutput): Generation | undefined {
  const records: Records = new Map();
  const stages = describeStages(walk, output.stages, records);
  const primary = primaryStage(stages);
  if (primary === undefined) return undefined;
  recordPath(walk, output, stages, records);
  return fieldsOf(walk, { primary, stages, output, records });
}

/** The run that made the picture out of noise, or else the first; those that only refine one come last. */
function primaryStage(stages: readonly DescribedStage[]): DescribedStage | undefined {
  const main = stages.filter(({ stage }) => !refining.has(stage.role));
  const candidates = main.length > 0 ? main : stages;
  return candidates.find(({ isFresh, stage }) => isFresh || stage.denoise === 1) ?? candidates[0];
}

const refining: ReadonlySet<GenerationRole> = new Set(['detailer', 'upscale']);

interface DescribedOutput {
  readonly primary: DescribedStage;
  readonly stages: readonly DescribedStage[];
  readonly output: GraphOutput;
  readonly records: Records;
}

function fieldsOf(walk: GraphWalk, { primary, stages, output, records }: DescribedOutput): Generation {
  const { traced, stage } = primary;
  const { seed, steps, cfgScale, guidance, sampler, scheduler, denoise, width, height, model } = stage;
  const vae = outputVae(walk, output, stages);
  const loras = activeLoras(stages);
  const embeddings = embeddingsIn(stages.flatMap(({ stage: each }) => [each.prompt, each.negativePrompt]));
  const { segments } = traced.positive;
  const negativeSegments = traced.negative.segments;
  // Spelled out: spreading the parts into one another costs more than all else here.
  return definedOnly({
    prompt: promptOf(traced.positive),
    promptSegments: isComposed(segments) ? segments : undefined,
    negativePrompt: traced.hasNegative ? promptOf(traced.negative) : '',
    negativePromptSegments: isComposed(negativeSegments) ? negativeSegments : undefined,
    seed,
    steps,
    cfgScale,
    guidance,
    sampler,
    scheduler,
    denoise,
    width,
    height,
    model,
    clipSkip: traced.positive.clipSkip,
    vae: vae === 'baked' ? undefined : vae,
    mergedModels: traced.model.merged.length > 0 ? traced.model.merged : undefined,
    loras: loras.length > 0 ? loras : undefined,
    embeddings: embeddings.length > 0 ? embeddings : undefined,
    stages: stages.length > 1 ? stages.map(({ stage: each }) => each) : undefined,
    parameters: records.size > 0 ? printRecords(records) : undefined,
  });
}

function isComposed(segments: readonly PromptSegment[]): boolean {
  return segments.length > 1 || segments.some(({ parts, area, range }) => parts ?? area ?? range);
}
