import type { Generation, LoraReference, PromptSegment } from '../../image-metadata.ts';
import type { GraphOutput } from './choose-output.ts';
import { describeStages, upscalerName, type DescribedStage } from './describe-stages.ts';
import { embeddingsIn } from './embeddings-in.ts';
import { kindOf, type GraphWalk } from './graph-walk.ts';
import { promptOf } from './prompt-of.ts';
import type { AppliedLora } from './node-kind.ts';
import { predictSize } from './predict-size.ts';
import { printRecords, record, recordSettings, type Records } from './record-settings.ts';
import type { TracedConditioning } from './trace-conditioning.ts';
import { traceVae } from './trace-model.ts';
import { numberAt } from './read-input.ts';
import { lorasInText } from './loras-in-text.ts';

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
    ...defined({ seed, steps, cfgScale, guidance, sampler, scheduler, denoise, width, height, model }),
    ...defined({ clipSkip: traced.positive.clipSkip, vae: vae === 'baked' ? undefined : vae }),
    ...(traced.model.merged.length > 0 && { mergedModels: traced.model.merged }),
    ...(loras.length > 0 && { loras }),
    ...(embeddings.length > 0 && { embeddings }),
  };
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
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
  const [only] = segments;
  return segments.length > 1 || only?.parts !== undefined || only?.area !== undefined;
}

function activeLoras(stages: readonly DescribedStage[]): readonly LoraReference[] {
  const loras = new Map<string, LoraReference>();
  for (const lora of stages.flatMap(({ traced }) => allLoras(traced))) {
    if (lora.active === false) continue;
    const { active: _active, ...reference } = lora;
    if (!loras.has(reference.name)) loras.set(reference.name, reference);
  }
  return [...loras.values()];
}

function allLoras({ model, positive }: DescribedStage['traced']): readonly AppliedLora[] {
  return [...model.loras, ...positive.appliesLorasOf.flatMap(lorasInText)];
}

function outputVae(
  walk: GraphWalk,
  { stages: { behind } }: GraphOutput,
  stages: readonly DescribedStage[],
): string | undefined {
  const decoder = behind.find(({ node }) => kindOf(walk, node).vae !== undefined);
  if (decoder !== undefined) return traceVae(walk, decoder.node, kindOf(walk, decoder.node).vae);
  const last = stages.at(-1)?.run.node;
  return last && traceVae(walk, last, kindOf(walk, last).sampler?.vae);
}

/** Settings of the nodes on the way: scaling after the last run, source pictures, frames. */
function recordPath(
  walk: GraphWalk,
  output: GraphOutput,
  stages: readonly DescribedStage[],
  records: Records,
): void {
  const { behind } = output.stages;
  const runs = stages.map(({ run }) => run);
  for (const { node } of [...behind, ...runs.flatMap(({ between }) => between)])
    recordSettings(walk, node, records);
  for (const { node } of [...behind, ...runs.flatMap((run) => [run, ...run.between])]) {
    const frames = numberAt(walk, node, kindOf(walk, node).size?.frames);
    if (frames !== undefined && frames > 1) record(records, 'Frames', String(frames));
  }
  recordFrameRate(walk, output, records);
  recordUpscale(walk, output, records);
  recordInactive(stages, records);
  recordUnresolved(walk, stages);
  if (outputVae(walk, output, stages) === 'baked') record(records, 'VAE source', 'checkpoint');
}

function recordFrameRate(walk: GraphWalk, { node, kind }: GraphOutput, records: Records): void {
  const fps = numberAt(walk, node, kind?.fps);
  if (fps !== undefined) records.set('FPS', [String(fps)]);
}

function recordUpscale(walk: GraphWalk, { starts, stages }: GraphOutput, records: Records): void {
  const resizes = stages.behind.filter(({ node }) => kindOf(walk, node).resize !== undefined);
  const upscaler = upscalerName(walk, resizes);
  if (upscaler !== undefined) record(records, 'Upscaler', upscaler);
  const [start] = starts;
  const size = resizes.length > 0 && start !== undefined ? predictSize(walk, start) : undefined;
  if (size !== undefined) record(records, 'Upscaled size', `${size.width}x${size.height}`);
}

function recordInactive(stages: readonly DescribedStage[], records: Records): void {
  for (const { name, active } of stages.flatMap(({ traced }) => allLoras(traced))) {
    if (active === false) record(records, 'Inactive LoRAs', name);
  }
}

function recordUnresolved(walk: GraphWalk, stages: readonly DescribedStage[]): void {
  const told = new Set<string>();
  for (const { traced } of stages) {
    for (const [side, { unresolved }] of [
      ['prompt', traced.positive],
      ['negative prompt', traced.negative],
    ] as const) {
      for (const { id, type } of unresolved) {
        const message = `the ${side} of node ${traced.node.id} comes from node ${id} (${type}), whose text is not stored`;
        if (!told.has(message)) walk.warn({ code: 'unresolved', message });
        told.add(message);
      }
    }
  }
}
