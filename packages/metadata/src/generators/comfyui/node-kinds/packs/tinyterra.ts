import { loraOf } from '../applied-lora.ts';
import { lorasInText } from '../loras-in-text.ts';
import type { NodeKinds } from '../node-kind.ts';
import { constant, joined, textOf } from '../text-rules.ts';
import { loraStack, pipeAs, pipeIn, pipeLoader, pipeOut, pipeSampler } from './pipe-kinds.ts';

const order = ['model', 'positive', 'negative', 'latent', 'vae', 'clip'];
const texts = [
  'positive',
  'positive_token_normalization',
  'positive_weight_interpretation',
  'negative',
  'negative_token_normalization',
  'negative_weight_interpretation',
];
const upscale = [
  'lora_name',
  'lora_strength',
  'upscale_method',
  'upscale_model_name',
  'factor',
  'rescale',
  'percent',
  'width',
  'height',
  'longer_side',
  'crop',
];
const oldUpscale = [
  'lora_name',
  'lora_model_strength',
  'lora_clip_strength',
  'upscale_method',
  'factor',
  'crop',
  'sampler_state',
];
const files = ['image_output', 'save_prefix', 'file_type', 'embed_workflow'];
const settings = ['steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'];
const outputs = [null, 'model', 'positive', 'negative', null, 'vae', 'clip', null, 'seed'];

/** Nodes of tinyterraNodes. */
export const tinyterra: NodeKinds = {
  'ttN pipeLoader': pipeLoader({
    order,
    widgets: [
      'ckpt_name',
      'config_name',
      'vae_name',
      'clip_skip',
      ...[1, 2, 3].flatMap((number) => [
        `lora${number}_name`,
        `lora${number}_model_strength`,
        `lora${number}_clip_strength`,
      ]),
      ...texts,
      'empty_latent_width',
      'empty_latent_height',
      'batch_size',
      'seed',
    ],
  }),
  'ttN pipeLoader_v2': pipeLoader({
    order,
    widgets: [
      'ckpt_name',
      'config_name',
      'vae_name',
      'clip_skip',
      'loras',
      ...texts,
      'empty_latent_aspect',
      'empty_latent_width',
      'empty_latent_height',
      'batch_size',
      'seed',
    ],
  }),
  'ttN pipeKSampler': pipeSampler(outputs, [
    ...oldUpscale,
    ...settings,
    'image_output',
    'save_prefix',
    'seed',
  ]),
  'ttN pipeKSampler_v2': pipeSampler(outputs, [...upscale, ...settings, ...files, 'seed']),
  'ttN pipeKSamplerAdvanced': pipeSampler(outputs, [
    ...oldUpscale,
    'add_noise',
    'steps',
    'cfg',
    'sampler_name',
    'scheduler',
    'start_at_step',
    'end_at_step',
    'return_with_leftover_noise',
    'image_output',
    'save_prefix',
    'noise_seed',
  ]),
  'ttN pipeKSamplerAdvanced_v2': pipeSampler(outputs, [
    ...upscale,
    'add_noise',
    'noise',
    'steps',
    'start_at_step',
    'end_at_step',
    'cfg',
    'sampler_name',
    'scheduler',
    'return_with_leftover_noise',
    ...files,
    'noise_seed',
  ]),
  'ttN KSampler_v2': {
    widgets: [...upscale, ...settings, ...files, 'seed'],
    propagates: ['model', 'positive', 'negative', 'latent', 'vae', 'clip', 'latent'],
    loras: { applied: (read) => loraOf(read('lora_name'), read('lora_strength')) },
    sampler: {
      from: 'latent',
      model: 'model',
      positive: 'positive',
      negative: 'negative',
      vae: 'vae',
      seed: 'seed',
      steps: 'steps',
      cfg: 'cfg',
      sampler: 'sampler_name',
      scheduler: 'scheduler',
      denoise: 'denoise',
    },
  },
  'ttN tinyLoader': {
    widgets: [
      'ckpt_name',
      'config_name',
      'sampling',
      'zsnr',
      'cfg_rescale_mult',
      'vae_name',
      'clip_skip',
      'empty_latent_aspect',
      'empty_latent_width',
      'empty_latent_height',
      'batch_size',
    ],
    loader: { model: 'ckpt_name', vae: 'vae_name' },
    stopLayer: 'clip_skip',
    isEmpty: true,
    size: {
      dimensions: 'empty_latent_aspect',
      width: 'empty_latent_width',
      height: 'empty_latent_height',
      batch: 'batch_size',
    },
  },
  'ttN conditioning': {
    widgets: ['loras', ...texts, 'zero_out_empty'],
    propagates: ['model', null, null, 'clip'],
    textAt: [
      null,
      { parts: { text: 'positive' }, clip: 'clip', adds: ['prepend_positive'] },
      { parts: { text: 'negative' }, clip: 'clip', adds: ['prepend_negative'] },
    ],
    loras: { applied: (read) => lorasInText(textOf(read('loras')) ?? ''), stack: 'optional_lora_stack' },
  },
  'ttN pipeLoraStack': loraStack(20),
  'ttN pipeIN': pipeIn,
  'ttN pipeEDIT': pipeIn,
  'ttN pipeOUT': pipeOut,
  'ttN pipe2BASIC': pipeAs,
  'ttN pipe2DETAILER': pipeAs,
  'ttN text': constant('text'),
  'ttN int': constant('int'),
  'ttN float': constant('float'),
  'ttN seed': constant('seed'),
  'ttN concat': {
    widgets: ['text1', 'text2', 'text3', 'delimiter'],
    value: joined(['text1', 'text2', 'text3'], 'delimiter'),
  },
};
