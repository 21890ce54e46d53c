import type { GraphOutput } from './choose-output.ts';
import type { DescribedStage } from './describe-stages.ts';
import { kindOf, type GraphWalk } from '../graph/graph-walk.ts';
import { traceVae } from '../trace/trace-model.ts';

/** The VAE that decoded what was written: a file, or `baked` for the one inside the checkpoint. */
export function outputVae(
  walk: GraphWalk,
  { stages: { behind } }: GraphOutput,
  stages: readonly DescribedStage[],
): string | undefined {
  const decoder = behind.find(({ node }) => kindOf(walk, node).vae !== undefined);
  if (decoder !== undefined) return traceVae(walk, decoder.node, kindOf(walk, decoder.node).vae);
  const last = stages.at(-1)?.run.node;
  return last && traceVae(walk, last, kindOf(walk, last).sampler?.vae);
}
