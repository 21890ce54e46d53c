import { jsonNumber, type JsonValue } from '../../../json/json-value.ts';
import { isSeedControl } from '../canvas/align-widgets.ts';
import { advancedWidgets } from './k-sampler.ts';
import type { AppliedLora, NodeKinds, ReadInput } from './node-kind.ts';
import { loraOf } from './applied-lora.ts';

const samplerInputs = {
  from: 'latent_image',
  model: 'model',
  positive: 'positive',
  negative: 'negative',
  steps: 'steps',
  cfg: 'cfg',
  sampler: 'sampler_name',
  scheduler: 'scheduler',
  vae: 'optional_vae',
} as const;
const passedOn = ['model', 'positive', 'negative', 'latent_image', 'optional_vae', 'latent_image'];

/** The stacker always stores fifty entries. */
const stackerWidgets = [
  'input_mode',
  'lora_count',
  ...Array.from({ length: 50 }, (_, index) => index + 1).flatMap((index) => [
    `lora_name_${index}`,
    `lora_wt_${index}`,
    `model_str_${index}`,
    `clip_str_${index}`,
  ]),
];

/** Only the first `lora_count` entries count; what each weighs depends on the mode. */
function stacker(read: ReadInput): readonly AppliedLora[] {
  const count = jsonNumber(read('lora_count')) ?? 0;
  const isSimple = read('input_mode') !== 'advanced';
  return Array.from({ length: Math.min(count, 50) }, (_, index) => index + 1).flatMap((index) =>
    isSimple
      ? loraOf(read(`lora_name_${index}`), read(`lora_wt_${index}`))
      : loraOf(read(`lora_name_${index}`), read(`model_str_${index}`), read(`clip_str_${index}`)),
  );
}

/** Two numbers in front of the control behind a seed: the first is no seed. */
function hasOwnId(values: readonly JsonValue[]): boolean {
  const isNumber = (value: JsonValue | undefined) => typeof value === 'number' || typeof value === 'bigint';
  return (
    isNumber(values[1]) && isNumber(values[2]) && (typeof values[3] === 'boolean' || isSeedControl(values[3]))
  );
}

/** Nodes of Efficiency Nodes: loaders that hold prompts and an empty latent, and their samplers. */
export const efficiency: NodeKinds = {
  'Efficient Loader': {
    // Version 1 could not weigh tokens in other ways.
    widgets: (values) => [
      'ckpt_name',
      'vae_name',
      'clip_skip',
      'lora_name',
      'lora_model_strength',
      'lora_clip_strength',
      'positive',
      'negative',
      ...(values.length > 11 ? ['token_normalization', 'weight_interpretation'] : []),
      'empty_latent_width',
      'empty_latent_height',
      'batch_size',
    ],
    loader: { model: 'ckpt_name', vae: 'vae_name' },
    loras: {
      applied: (read) => loraOf(read('lora_name'), read('lora_model_strength'), read('lora_clip_strength')),
      stack: 'lora_stack',
    },
    textAt: [
      null,
      { parts: { text: 'positive' }, stopLayer: 'clip_skip' },
      { parts: { text: 'negative' }, stopLayer: 'clip_skip' },
    ],
    isEmpty: true,
    size: { width: 'empty_latent_width', height: 'empty_latent_height', batch: 'batch_size' },
  },
  'Eff. Loader SDXL': {
    widgets: [
      'base_ckpt_name',
      'base_clip_skip',
      'refiner_ckpt_name',
      'refiner_clip_skip',
      'positive_ascore',
      'negative_ascore',
      'vae_name',
      'positive',
      'negative',
      'token_normalization',
      'weight_interpretation',
      'empty_latent_width',
      'empty_latent_height',
      'batch_size',
    ],
    loader: { model: 'base_ckpt_name', vae: 'vae_name' },
    loras: { applied: () => [], stack: 'lora_stack' },
    textOf: {
      positive: { parts: { text: 'positive' }, stopLayer: 'base_clip_skip' },
      negative: { parts: { text: 'negative' }, stopLayer: 'base_clip_skip' },
    },
    isEmpty: true,
    size: { width: 'empty_latent_width', height: 'empty_latent_height', batch: 'batch_size' },
    records: { Refiner: 'refiner_ckpt_name' },
  },
  'KSampler (Efficient)': {
    // The first versions began with what the node should do, and an id of its own.
    widgets: (values) => [
      ...(typeof values[0] === 'string' ? [null] : []),
      ...(typeof values[0] === 'string' && hasOwnId(values) ? [null] : []),
      'seed',
      'steps',
      'cfg',
      'sampler_name',
      'scheduler',
      'denoise',
      'preview_method',
      'vae_decode',
    ],
    propagates: passedOn,
    sampler: { ...samplerInputs, seed: 'seed', denoise: 'denoise' },
  },
  'KSampler Adv. (Efficient)': {
    widgets: [...advancedWidgets, 'preview_method', 'vae_decode'],
    propagates: passedOn,
    sampler: {
      ...samplerInputs,
      seed: 'noise_seed',
      startStep: 'start_at_step',
      endStep: 'end_at_step',
      addsNoise: 'add_noise',
    },
  },
  'KSampler SDXL (Eff.)': {
    widgets: [
      'noise_seed',
      'steps',
      'cfg',
      'sampler_name',
      'scheduler',
      'start_at_step',
      'refine_at_step',
      'preview_method',
      'vae_decode',
    ],
    propagates: ['sdxl_tuple', 'latent_image', 'optional_vae', 'latent_image'],
    sampler: {
      ...samplerInputs,
      model: 'sdxl_tuple',
      positive: 'sdxl_tuple',
      negative: 'sdxl_tuple',
      seed: 'noise_seed',
      startStep: 'start_at_step',
    },
    records: { 'Refine at step': 'refine_at_step' },
  },
  'LoRA Stacker': {
    widgets: stackerWidgets,
    loras: { applied: stacker, stack: 'lora_stack' },
  },
  'Control Net Stacker': { widgets: ['strength', 'start_percent', 'end_percent'] },
  'HighRes-Fix Script': { widgets: [] },
};
