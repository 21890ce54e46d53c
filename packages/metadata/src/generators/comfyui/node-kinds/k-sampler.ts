/** The inputs of ComfyUI's `KSampler`, whose names most packs keep. */
export const kSamplerInputs = {
  model: 'model',
  positive: 'positive',
  negative: 'negative',
  seed: 'seed',
  steps: 'steps',
  cfg: 'cfg',
  sampler: 'sampler_name',
  scheduler: 'scheduler',
  denoise: 'denoise',
} as const;

/** The widgets of ComfyUI's `KSamplerAdvanced`, in order. */
export const advancedWidgets = [
  'add_noise',
  'noise_seed',
  'steps',
  'cfg',
  'sampler_name',
  'scheduler',
  'start_at_step',
  'end_at_step',
  'return_with_leftover_noise',
];
