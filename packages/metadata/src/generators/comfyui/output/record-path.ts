import type { GraphOutput } from './choose-output.ts';
import { upscalerName, type DescribedStage } from './describe-stages.ts';
import { kindOf, type GraphWalk } from '../graph/graph-walk.ts';
import { outputVae } from './output-vae.ts';
import { predictSize } from './predict-size.ts';
import { numberAt } from '../graph/read-input.ts';
import { record, recordSettings, type Records } from '../trace/record-settings.ts';
import { allLoras } from './stage-loras.ts';

/** Settings of the nodes on the way: scaling after the last run, source pictures, frames. */
export function recordPath(
  walk: GraphWalk,
  output: GraphOutput,
  stages: readonly DescribedStage[],
  records: Records,
): void {
  const { behind } = output.stages;
  const runs = stages.map(({ run }) => run);
  for (const { node } of [...behind, ...runs.flatMap(({ between }) => between)]) {
    recordSettings(walk, node, records);
  }
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
  const warned = new Set<string>();
  for (const { traced } of stages) {
    for (const [side, { unresolved, lost }] of [
      ['prompt', traced.positive],
      ['negative prompt', traced.negative],
    ] as const) {
      for (const { id, type } of [...unresolved, ...lost]) {
        const message = `the ${side} of node ${traced.node.id} comes from node ${id} (${type}), whose text is not stored`;
        if (!warned.has(message)) walk.warn({ code: 'unresolved', message });
        warned.add(message);
      }
    }
  }
}
