import type { NodeKinds } from './node-kind.ts';
import { comfyroll } from './comfyroll.ts';
import { coreConditioning } from './core-conditioning.ts';
import { coreLoaders } from './core-loaders.ts';
import { coreOutputs } from './core-outputs.ts';
import { corePixels } from './core-pixels.ts';
import { coreSamplers } from './core-samplers.ts';
import { coreSchedules } from './core-schedules.ts';
import { coreValues } from './core-values.ts';
import { efficiency } from './efficiency.ts';
import { impact } from './impact.ts';
import { kjnodes } from './kjnodes.ts';
import { loraManager } from './lora-manager.ts';
import { cutoff } from './packs/cutoff.ts';
import { easyUse } from './packs/easy-use.ts';
import { promptReader } from './packs/prompt-reader.ts';
import { searge } from './packs/searge.ts';
import { tinyterra } from './packs/tinyterra.ts';
import { pysssss } from './pysssss.ts';
import { rgthree } from './rgthree.ts';
import { textEncoders } from './text-encoders.ts';
import { thirdPartyLoaders } from './third-party-loaders.ts';
import { samplersAndSavers } from './samplers-and-savers.ts';
import { videoWrappers } from './video-wrappers.ts';
import { wasSuite } from './was-suite.ts';

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
  ...cutoff,
  ...easyUse,
  ...promptReader,
  ...searge,
  ...tinyterra,
  ...videoWrappers,
  ...comfyroll,
  ...kjnodes,
  ...loraManager,
  ...pysssss,
  ...textEncoders,
  ...thirdPartyLoaders,
  ...samplersAndSavers,
  ...wasSuite,
};
