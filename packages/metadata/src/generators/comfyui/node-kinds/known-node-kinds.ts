import type { NodeKinds } from '../node-kind.ts';
import { coreConditioning } from './core-conditioning.ts';
import { coreLoaders } from './core-loaders.ts';
import { coreOutputs } from './core-outputs.ts';
import { corePixels } from './core-pixels.ts';
import { coreSamplers } from './core-samplers.ts';
import { coreSchedules } from './core-schedules.ts';
import { coreValues } from './core-values.ts';

/** Every node class that this reader knows by name. */
export const knownNodeKinds: NodeKinds = {
  ...coreConditioning,
  ...coreLoaders,
  ...coreOutputs,
  ...corePixels,
  ...coreSamplers,
  ...coreSchedules,
  ...coreValues,
};
