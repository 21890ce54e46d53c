import { advancedWidgets, kSamplerInputs } from './k-sampler.ts';
import type { NodeKinds } from './node-kind.ts';

/** Nodes of ComfyUI itself that run a sampler, and the guiders they take. */
export const coreSamplers: NodeKinds = {
  KSampler: {
    widgets: ['seed', 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'],
    propagates: ['latent_image'],
    sampler: kSamplerInputs,
  },
  KSamplerAdvanced: {
    widgets: advancedWidgets,
    propagates: ['latent_image'],
    sampler: {
      model: 'model',
      positive: 'positive',
      negative: 'negative',
      seed: 'noise_seed',
      steps: 'steps',
      cfg: 'cfg',
      sampler: 'sampler_name',
      scheduler: 'scheduler',
      startStep: 'start_at_step',
      endStep: 'end_at_step',
      addsNoise: 'add_noise',
    },
  },
  SamplerCustom: {
    widgets: ['add_noise', 'noise_seed', 'cfg'],
    propagates: ['latent_image', 'latent_image'],
    sampler: {
      model: 'model',
      positive: 'positive',
      negative: 'negative',
      seed: 'noise_seed',
      cfg: 'cfg',
      algorithm: 'sampler',
      sigmas: 'sigmas',
      addsNoise: 'add_noise',
    },
  },
  SamplerCustomAdvanced: {
    widgets: [],
    propagates: ['latent_image', 'latent_image'],
    sampler: { guider: 'guider', noise: 'noise', algorithm: 'sampler', sigmas: 'sigmas' },
  },
  BasicGuider: { widgets: [], guider: { model: 'model', positive: 'conditioning' } },
  CFGGuider: {
    widgets: ['cfg'],
    guider: { model: 'model', positive: 'positive', negative: 'negative', cfg: 'cfg' },
  },
  DualCFGGuider: {
    widgets: ['cfg_conds', 'cfg_cond2_negative', 'style'],
    guider: { model: 'model', positive: 'cond1', negative: 'negative', cfg: 'cfg_conds' },
    records: { 'CFG of second condition': 'cfg_cond2_negative' },
  },
  DualModelGuider: {
    widgets: ['cfg'],
    guider: { model: 'model', positive: 'positive', negative: 'negative', cfg: 'cfg' },
  },
  PerpNegGuider: {
    widgets: ['cfg', 'neg_scale'],
    guider: { model: 'model', positive: 'positive', negative: 'negative', cfg: 'cfg' },
    records: { 'Negative scale': 'neg_scale' },
  },
  RandomNoise: { widgets: ['noise_seed'], noise: 'noise_seed' },
  DisableNoise: { widgets: [], noise: null },
};
