import type { NodeKinds } from '../node-kind.ts';
import { coreConditioning } from './core-conditioning.ts';
import { coreLoaders } from './core-loaders.ts';
import { coreOutputs } from './core-outputs.ts';
import { corePixels } from './core-pixels.ts';
import { coreSamplers } from './core-samplers.ts';
import { coreSchedules } from './core-schedules.ts';
import { coreValues } from './core-values.ts';
import { efficiency } from './efficiency.ts';
import { impact } from './impact.ts';
import { otherPacks } from './other-packs.ts';
import { pipeLoaders } from './pipe-loaders.ts';
import { rgthree } from './rgthree.ts';
import { wanVideo } from './wan-video.ts';

/** Every node class that this reader knows by name. */
export const knownNodeKinds: NodeKinds = {
  ...coreConditioning,
  ...coreLoaders,
  ...coreOutputs,
  ...corePixels,
  ...coreSamplers,
  ...coreSchedules,
  ...coreValues,
  ...rgthree,
  ...efficiency,
  ...impact,
  ...pipeLoaders,
  ...wanVideo,
  ...otherPacks,
};
