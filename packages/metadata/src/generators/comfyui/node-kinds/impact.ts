import { advancedWidgets, kSamplerInputs } from './k-sampler.ts';
import type { BundleKind, NodeKind, NodeKinds, Port, SamplerKind } from './node-kind.ts';
import { lorasInText } from './loras-in-text.ts';
import { constant, eitherInput, numberedInput, textOf } from './text-rules.ts';

const pipeFields = ['model', 'clip', 'vae', 'positive', 'negative'];

function pipe(slots: BundleKind['slots'], base: readonly string[]): NodeKind {
  const fields = Object.fromEntries(pipeFields.map((field) => [field, field]));
  return { widgets: [], bundle: { slots, fields, base } };
}

function fieldOf(bundle: string): (field: string) => Port {
  return (field) => ({ bundle, field });
}

/** A sampler that takes model and conditioning from a pipe. */
function piped(bundle: string, more: SamplerKind): SamplerKind {
  const at = fieldOf(bundle);
  return {
    model: at('model'),
    positive: at('positive'),
    negative: at('negative'),
    vae: at('vae'),
    ...settings,
    ...more,
  };
}

const settings = {
  seed: 'seed',
  steps: 'steps',
  cfg: 'cfg',
  sampler: 'sampler_name',
  scheduler: 'scheduler',
  denoise: 'denoise',
} as const;
const wired = { ...kSamplerInputs, vae: 'vae' } as const;
const detailerWidgets = [
  'guide_size',
  'guide_size_for',
  'max_size',
  'seed',
  'steps',
  'cfg',
  'sampler_name',
  'scheduler',
  'denoise',
];
const advanced = {
  seed: 'noise_seed',
  startStep: 'start_at_step',
  endStep: 'end_at_step',
  addsNoise: 'add_noise',
} as const;

const atBase = fieldOf('base_sampler');
/** What a sampler takes from the provider of the run outside of all regions. */
const byBaseSampler = {
  model: atBase('model'),
  positive: atBase('positive'),
  negative: atBase('negative'),
  cfg: atBase('cfg'),
  sampler: atBase('sampler_name'),
  scheduler: atBase('scheduler'),
} as const;

/** Nodes of the Impact Pack: pipes, detailers, wildcards, switches, upscale providers. */
export const impact: NodeKinds = {
  ToBasicPipe: pipe([null], []),
  EditBasicPipe: pipe([null], ['basic_pipe']),
  FromBasicPipe: pipe(pipeFields, ['basic_pipe']),
  FromBasicPipe_v2: pipe([null, ...pipeFields], ['basic_pipe']),
  ToDetailerPipe: pipe([null], []),
  ToDetailerPipeSDXL: pipe([null], []),
  BasicPipeToDetailerPipe: pipe([null], ['basic_pipe']),
  EditDetailerPipe: pipe([null], ['detailer_pipe']),
  FromDetailerPipe: pipe(pipeFields, ['detailer_pipe']),
  FromDetailerPipeSDXL: pipe([null, ...pipeFields], ['detailer_pipe']),
  FromDetailerPipe_v2: pipe([null, ...pipeFields], ['detailer_pipe']),
  DetailerPipeToBasicPipe: pipe([null, null], ['detailer_pipe']),
  FaceDetailer: {
    widgets: detailerWidgets,
    propagates: ['image'],
    sampler: { role: 'detailer', from: 'image', ...wired },
  },
  FaceDetailerPipe: {
    widgets: detailerWidgets,
    propagates: ['image'],
    sampler: piped('detailer_pipe', { role: 'detailer', from: 'image' }),
  },
  DetailerForEach: {
    widgets: detailerWidgets,
    propagates: ['image'],
    sampler: { role: 'detailer', from: 'image', ...wired },
  },
  DetailerForEachDebug: {
    widgets: detailerWidgets,
    propagates: ['image'],
    sampler: { role: 'detailer', from: 'image', ...wired },
  },
  DetailerForEachPipe: {
    widgets: detailerWidgets,
    propagates: ['image'],
    sampler: piped('basic_pipe', { role: 'detailer', from: 'image' }),
  },
  ImpactKSamplerBasicPipe: {
    widgets: ['seed', 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'],
    propagates: ['basic_pipe', 'latent_image', null],
    bundle: { slots: [null], fields: {}, base: ['basic_pipe'] },
    sampler: piped('basic_pipe', { from: 'latent_image' }),
  },
  ImpactKSamplerAdvancedBasicPipe: {
    widgets: advancedWidgets,
    propagates: ['basic_pipe', 'latent_image', null],
    bundle: { slots: [null], fields: {}, base: ['basic_pipe'] },
    sampler: piped('basic_pipe', { from: 'latent_image', ...advanced }),
  },
  IterativeLatentUpscale: {
    widgets: ['upscale_factor', 'steps', 'temp_prefix', 'step_mode'],
    propagates: ['samples'],
    sampler: { role: 'hires', from: 'samples', provider: 'upscaler' },
    resize: { by: 'upscale_factor' },
  },
  IterativeImageUpscale: {
    widgets: ['upscale_factor', 'steps', 'temp_prefix', 'step_mode'],
    propagates: ['pixels'],
    sampler: { role: 'hires', from: 'pixels', provider: 'upscaler' },
    resize: { by: 'upscale_factor' },
  },
  PixelKSampleUpscalerProvider: {
    widgets: ['scale_method', 'seed', 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'],
    sampler: { ...wired, upscaleModel: 'upscale_model_opt' },
  },
  PixelKSampleUpscalerProviderPipe: {
    widgets: ['scale_method', 'seed', 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'],
    sampler: piped('basic_pipe', { upscaleModel: 'upscale_model_opt' }),
  },
  KSamplerAdvancedProvider: {
    widgets: ['cfg', 'sampler_name', 'scheduler', 'sigma_factor'],
    bundle: {
      slots: [null],
      fields: { cfg: 'cfg', sampler_name: 'sampler_name', scheduler: 'scheduler' },
      base: ['basic_pipe'],
    },
  },
  RegionalSampler: {
    widgets: ['seed', 'seed_2nd', 'seed_2nd_mode', 'steps', 'base_only_steps', 'denoise', 'overlap_factor'],
    propagates: ['samples'],
    sampler: { ...byBaseSampler, seed: 'seed', steps: 'steps', denoise: 'denoise', from: 'samples' },
  },
  RegionalSamplerAdvanced: {
    widgets: ['add_noise', 'noise_seed', 'steps', 'start_at_step', 'end_at_step', 'overlap_factor'],
    propagates: ['latent_image'],
    sampler: { ...byBaseSampler, ...advanced, steps: 'steps', from: 'latent_image' },
  },
  TwoAdvancedSamplersForMask: {
    widgets: ['seed', 'steps', 'denoise', 'overlap_factor'],
    propagates: ['samples'],
    sampler: { ...byBaseSampler, seed: 'seed', steps: 'steps', denoise: 'denoise', from: 'samples' },
  },
  TwoSamplersForMask: {
    widgets: [],
    propagates: ['latent_image'],
    sampler: { provider: 'base_sampler', from: 'latent_image' },
  },
  KSamplerProvider: {
    widgets: ['seed', 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'],
    sampler: piped('basic_pipe', {}),
  },
  ImpactWildcardProcessor: {
    widgets: ['wildcard_text', 'populated_text', 'mode', 'seed', null],
    value: (read) => read('populated_text'),
  },
  ImpactWildcardEncode: {
    widgets: ['wildcard_text', 'populated_text', 'mode', null, null, 'seed'],
    propagates: ['model', 'clip'],
    textAt: [null, null, { parts: { text: 'populated_text' }, clip: 'clip', appliesLoras: true }],
    value: (read) => read('populated_text'),
    loras: { applied: (read) => lorasInText(textOf(read('populated_text')) ?? '') },
  },
  ImpactSwitch: {
    widgets: ['select', null],
    passthrough: (read, slot) => (slot === 0 ? numberedInput('select', 'input')(read, slot) : undefined),
    value: (read, slot) => (slot === 2 ? read('select') : undefined),
  },
  ImpactConditionalBranch: { widgets: [], passthrough: eitherInput('cond', 'tt_value', 'ff_value') },
  ImpactExecutionOrderController: {
    widgets: [],
    passthrough: (_read, slot) => (slot === 0 ? 'signal' : 'value'),
  },
  ImpactInt: constant('value'),
  ImpactFloat: constant('value'),
  ImpactBoolean: constant('value'),
};
