import { loraOf } from '../applied-lora.ts';
import { lorasInText } from '../loras-in-text.ts';
import type { NodeKind, NodeKinds, Port } from '../node-kind.ts';
import { constant, joined, textOf, textRule } from '../text-rules.ts';
import { loraStack, pipeAs, pipeIn, pipeLoader, pipeOut, pipeSampler, preSampling } from './pipe-kinds.ts';

const made = ['model', 'vae', 'clip', 'positive', 'negative', 'latent'] as const;
const lora = ['lora_name', 'lora_model_strength', 'lora_clip_strength'];
const latent = ['resolution', 'empty_latent_width', 'empty_latent_height'];
const settings = ['steps', 'cfg', 'sampler_name', 'scheduler', 'denoise', 'seed'];
const shown = ['image_output', 'link_id', 'save_prefix'];

function loads(...widgets: readonly string[]): NodeKind {
  return pipeLoader({ order: made, widgets });
}

const plainLoader = loads(
  'ckpt_name',
  'vae_name',
  'clip_skip',
  ...lora,
  ...latent,
  'positive',
  'negative',
  'batch_size',
);

/** Random draws stand in the text as they were asked for, not as they were drawn. */
function withoutDraws(text: string): string | undefined {
  return /\{[^}]*\|[^}]*\}|__[^_]+__/.test(text)
    ? undefined
    : text.replace(/<(?:lora|lyco):[^>]*>/gi, '').trim();
}

function piped(field: string, ...own: readonly string[]): readonly Port[] {
  return [...own, { bundle: 'pipe', field }];
}

function controlNet(...widgets: readonly string[]): NodeKind {
  return {
    widgets: ['control_net_name', 'strength', ...widgets],
    bundle: { slots: [null, 'positive', 'negative'], fields: {}, base: ['pipe'] },
    records: { ControlNet: 'control_net_name', 'ControlNet strength': 'strength' },
  };
}

const detailerSettings = [
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

const loaders: NodeKinds = {
  'easy fullLoader': loads(
    'ckpt_name',
    'config_name',
    'vae_name',
    'clip_skip',
    ...lora,
    ...latent,
    'positive',
    'positive_token_normalization',
    'positive_weight_interpretation',
    'negative',
    'negative_token_normalization',
    'negative_weight_interpretation',
    'batch_size',
  ),
  'easy a1111Loader': plainLoader,
  'easy comfyLoader': plainLoader,
  'easy hunyuanDiTLoader': loads(
    'ckpt_name',
    'vae_name',
    ...lora,
    ...latent,
    'positive',
    'negative',
    'batch_size',
  ),
  'easy fluxLoader': loads('ckpt_name', 'vae_name', ...lora, ...latent, 'positive', 'batch_size'),
  'easy kolorsLoader': pipeLoader({
    order: made,
    model: 'unet_name',
    widgets: [
      'unet_name',
      'vae_name',
      'chatglm3_name',
      ...lora,
      ...latent,
      'positive',
      'negative',
      'batch_size',
    ],
  }),
  'easy pixArtLoader': loads(
    'ckpt_name',
    'model_name',
    'vae_name',
    't5_type',
    'clip_name',
    'padding',
    't5_name',
    'device',
    'dtype',
    'lora_name',
    'lora_model_strength',
    'ratio',
    'empty_latent_width',
    'empty_latent_height',
    'positive',
    'negative',
    'batch_size',
  ),
  'easy mochiLoader': loads(
    'ckpt_name',
    'vae_name',
    'positive',
    'negative',
    ...latent,
    'length',
    'batch_size',
  ),
  'easy cascadeLoader': pipeLoader({
    order: ['model', 'latent', 'vae', 'positive', 'negative', 'clip'],
    model: 'stage_c',
    widgets: [
      'stage_c',
      'stage_b',
      'stage_a',
      'clip_name',
      ...lora,
      ...latent,
      'compression',
      'positive',
      'negative',
      'batch_size',
    ],
  }),
  'easy loraStack': loraStack(10),
  'easy loraSwitcher': {
    widgets: ['toggle', 'select', 'num_loras', 'lora_strength'],
    loras: {
      applied: (read) =>
        read('toggle') === false
          ? []
          : loraOf(read(`lora_${textOf(read('select')) ?? ''}_name`), read('lora_strength')),
      stack: 'optional_lora_stack',
    },
  },
  'easy loraStackApply': {
    widgets: [],
    propagates: ['model', 'optional_clip'],
    loras: { applied: () => [], stack: 'lora_stack' },
  },
  'easy loraPromptApply': {
    widgets: [],
    propagates: ['model', 'clip'],
    loras: {
      applied: (read) => ['positive', 'negative'].flatMap((side) => lorasInText(textOf(read(side)) ?? '')),
    },
    value: (read, slot) => {
      const text = textOf(read(slot === 3 ? 'negative' : 'positive'));
      return text === undefined ? undefined : withoutDraws(text);
    },
  },
  'easy controlnetLoader': controlNet('scale_soft_weights'),
  'easy controlnetLoaderADV': controlNet('start_percent', 'end_percent', 'scale_soft_weights'),
  'easy controlnetLoader++': controlNet('start_percent', 'end_percent', 'scale_soft_weights', 'union_type'),
};

const runs: NodeKinds = {
  'easy preSampling': preSampling(...settings),
  'easy preSamplingAdvanced': preSampling(
    'steps',
    'cfg',
    'sampler_name',
    'scheduler',
    'start_at_step',
    'end_at_step',
    'add_noise',
    'seed',
    'return_with_leftover_noise',
  ),
  'easy preSamplingNoiseIn': preSampling('factor', ...settings),
  'easy preSamplingCustom': preSampling(
    'guider',
    'cfg',
    'cfg_negative',
    'sampler_name',
    'scheduler',
    'coeff',
    'steps',
    'sigma_max',
    'sigma_min',
    'rho',
    'beta_d',
    'beta_min',
    'eps_s',
    'flip_sigmas',
    'denoise',
    'add_noise',
    'seed',
  ),
  'easy preSamplingSdTurbo': preSampling(
    'steps',
    'cfg',
    'sampler_name',
    'eta',
    's_noise',
    'upscale_ratio',
    'start_step',
    'end_step',
    'upscale_n_step',
    'unsharp_kernel_size',
    'unsharp_sigma',
    'unsharp_strength',
    'seed',
  ),
  'easy preSamplingDynamicCFG': preSampling(
    'steps',
    'cfg',
    'cfg_mode',
    'cfg_scale_min',
    ...settings.slice(2),
  ),
  'easy preSamplingCascade': preSampling('encode_vae_name', 'decode_vae_name', ...settings),
  'easy preSamplingLayerDiffusion': preSampling('method', 'weight', ...settings),
  'easy kSampler': pipeSampler([null], shown),
  'easy fullkSampler': pipeSampler(
    [null, null, 'model', 'positive', 'negative', null, 'vae', 'clip', null],
    [...settings.slice(0, 5), ...shown, 'seed'],
  ),
  'easy kSamplerCustom': pipeSampler([null], shown),
  'easy kSamplerTiled': pipeSampler([null], ['tile_size', ...shown]),
  'easy kSamplerLayerDiffusion': pipeSampler([null], shown),
  'easy kSamplerInpainting': pipeSampler([null], ['grow_mask_by', ...shown, 'additional']),
  'easy kSamplerDownscaleUnet': pipeSampler([null]),
  'easy kSamplerSDTurbo': pipeSampler([null], shown),
  'easy fullCascadeKSampler': pipeSampler(
    [null],
    ['encode_vae_name', 'decode_vae_name', ...settings.slice(0, 5), ...shown, 'seed'],
  ),
  'easy cascadeKSampler': pipeSampler([null], shown),
  'easy preDetailerFix': {
    ...preSampling(...detailerSettings),
    bundle: {
      slots: [null],
      fields: {
        ...Object.fromEntries(detailerSettings.map((name) => [name, name])),
        image: 'optional_image',
      },
      base: ['pipe'],
    },
  },
  'easy detailerFix': {
    ...pipeSampler([null], shown),
    sampler: { ...pipeSampler([null]).sampler, role: 'detailer', from: piped('image', 'optional_image') },
  },
};

const pipes: NodeKinds = {
  'easy pipeIn': pipeIn,
  'easy pipeOut': pipeOut,
  'easy pipeToBasicPipe': pipeAs,
  'easy pipeEditPrompt': {
    widgets: ['positive', 'negative'],
    bundle: { slots: [null], fields: { positive: { slot: 1 }, negative: { slot: 2 } }, base: ['pipe'] },
    textAt: [null, { parts: { text: 'positive' } }, { parts: { text: 'negative' } }],
  },
};

const values: NodeKinds = {
  'easy showAnything': { displays: 'anything' },
  'easy seed': { widgets: ['seed'], value: (read) => read('seed') },
  'easy positive': constant('positive'),
  'easy negative': constant('negative'),
  'easy string': constant('value'),
  'easy int': constant('value'),
  'easy float': constant('value'),
  'easy wildcards': {
    widgets: ['text', null, null, 'seed', 'multiline_mode'],
    value: textRule('text', withoutDraws),
  },
  'easy promptConcat': { widgets: ['separator'], value: joined(['prompt1', 'prompt2'], 'separator') },
  'easy stylesSelector': { isOpaque: true },
  'easy portraitMaster': { isOpaque: true },
  'easy promptLine': { isOpaque: true },
};

/** Nodes of ComfyUI-Easy-Use, which hand everything on in one pipe. */
export const easyUse: NodeKinds = { ...loaders, ...runs, ...pipes, ...values };
