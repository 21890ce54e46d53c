import type { Generation, PromptSegment } from '../../image-metadata.ts';
import { definedOnly } from '../defined-only.ts';
import type { GraphOutput } from './choose-output.ts';
import { describeStages, type DescribedStage } from './describe-stages.ts';
import { embeddingsIn } from './embeddings-in.ts';
import type { GraphWalk } from './graph-walk.ts';
import { promptOf } from './prompt-of.ts';
import { outputVae } from './output-vae.ts';
import { recordPath } from './record-path.ts';
import { printRecords, type Records } from './record-settings.ts';
import { activeLoras } from './stage-loras.ts';
import type { TracedConditioning } from './trace-conditioning.ts';

/** The description of what one output of the graph wrote. Undefined when no sampler is behind it. */
export function describeOutput(walk: GraphWalk, output: GraphOutput): Generation | undefined {
  const records: Records = new Map();
  const stages = describeStages(walk, output.stages, records);
  const primary = primaryStage(stages);
  if (primary === undefined) return undefined;
  recordPath(walk, output, stages, records);
  const generation = flatFields(walk, primary, stages, output);
  const parameters = printRecords(records);
  return {
    ...generation,
    ...(stages.length > 1 && { stages: stages.map(({ stage }) => stage) }),
    ...(Object.keys(parameters).length > 0 && { parameters }),
  };
}

/** The run that made the picture out of noise, or else the first. */
function primaryStage(stages: readonly DescribedStage[]): DescribedStage | undefined {
  return stages.find(({ isFresh, stage }) => isFresh || stage.denoise === 1) ?? stages[0];
}

function flatFields(
  walk: GraphWalk,
  primary: DescribedStage,
  stages: readonly DescribedStage[],
  output: GraphOutput,
): Generation {
  const { traced, stage } = primary;
  const { seed, steps, cfgScale, guidance, sampler, scheduler, denoise, width, height, model } = stage;
  const vae = outputVae(walk, output, stages);
  const loras = activeLoras(stages);
  const embeddings = embeddingsIn(stages.flatMap(({ stage: each }) => [each.prompt, each.negativePrompt]));
  return {
    ...promptFields(traced.positive),
    ...negativeFields(primary),
    ...definedOnly({ seed, steps, cfgScale, guidance, sampler, scheduler, denoise, width, height, model }),
    ...definedOnly({ clipSkip: traced.positive.clipSkip, vae: vae === 'baked' ? undefined : vae }),
    ...(traced.model.merged.length > 0 && { mergedModels: traced.model.merged }),
    ...(loras.length > 0 && { loras }),
    ...(embeddings.length > 0 && { embeddings }),
  };
}

function promptFields(traced: TracedConditioning): Pick<Generation, 'prompt' | 'promptSegments'> {
  const prompt = promptOf(traced);
  return {
    ...(prompt !== undefined && { prompt }),
    ...(isComposed(traced.segments) && { promptSegments: traced.segments }),
  };
}

function negativeFields({
  traced,
}: DescribedStage): Pick<Generation, 'negativePrompt' | 'negativePromptSegments'> {
  const negativePrompt = traced.hasNegative ? promptOf(traced.negative) : '';
  return {
    ...(negativePrompt !== undefined && { negativePrompt }),
    ...(isComposed(traced.negative.segments) && { negativePromptSegments: traced.negative.segments }),
  };
}

function isComposed(segments: readonly PromptSegment[]): boolean {
  return segments.length > 1 || segments.some(({ parts, area, range }) => parts ?? area ?? range);
}
