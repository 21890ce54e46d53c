import type { BundleKind, NodeKind, NodeKinds, Port, ReadInput } from './node-kind.ts';
import { loraOf } from './applied-lora.ts';

/** Fields that such a loader makes itself, at slots of the full form; the short forms lack some. */
const made = ['model', 'vae', 'clip', 'positive', 'negative', 'latent'] as const;

function loaderPipe(slots: BundleKind['slots'], order: readonly string[]): BundleKind {
  const fields = Object.fromEntries(order.map((field, index) => [field, { slot: index + 1 }]));
  return { slots, fields };
}

function loader(slots: BundleKind['slots'], order: readonly string[], widgets: readonly string[]): NodeKind {
  const text = (side: 'positive' | 'negative') => ({ parts: { text: side }, stopLayer: 'clip_skip' });
  return {
    widgets,
    bundle: loaderPipe(slots, order),
    loader: { model: 'ckpt_name', vae: 'vae_name' },
    loras: {
      applied: (read) => loraOf(read('lora_name'), read('lora_model_strength'), read('lora_clip_strength')),
      stack: ['optional_lora_stack', 'lora_stack'],
    },
    textAt: [
      null,
      ...order.map((field) => (field === 'positive' || field === 'negative' ? text(field) : null)),
    ],
    isEmpty: true,
    size: { width: 'empty_latent_width', height: 'empty_latent_height', batch: 'batch_size' },
  };
}

function withThreeLoras(kind: NodeKind): NodeKind {
  const applied = (read: ReadInput) =>
    [1, 2, 3].flatMap((index) =>
      loraOf(
        read(`lora${index}_name`),
        read(`lora${index}_model_strength`),
        read(`lora${index}_clip_strength`),
      ),
    );
  return { ...kind, loras: { applied } };
}

const easyWidgets = [
  'ckpt_name',
  'vae_name',
  'clip_skip',
  'lora_name',
  'lora_model_strength',
  'lora_clip_strength',
  'resolution',
  'empty_latent_width',
  'empty_latent_height',
  'positive',
  'negative',
  'batch_size',
];
const ttnOrder = ['model', 'positive', 'negative', 'latent', 'vae', 'clip'];

const settings = ['steps', 'cfg', 'sampler_name', 'scheduler', 'denoise', 'seed'];

/** A node that adds sampler settings to the pipe. */
function preSampling(widgets: readonly string[]): NodeKind {
  const fields = Object.fromEntries(widgets.map((name) => [name, name]));
  return { widgets, bundle: { slots: [null], fields: { ...fields, latent: 'latent' }, base: ['pipe'] } };
}

function at(field: string, own = field): readonly Port[] {
  return [own, { bundle: 'pipe', field }];
}

function pipeSampler(slots: BundleKind['slots']): NodeKind {
  return {
    bundle: { slots, fields: {}, base: ['pipe'] },
    sampler: {
      from: at('latent', 'optional_latent'),
      model: at('model'),
      positive: at('positive'),
      negative: at('negative'),
      vae: at('vae'),
      seed: at('seed'),
      steps: at('steps'),
      cfg: at('cfg'),
      sampler: at('sampler_name'),
      scheduler: at('scheduler'),
      denoise: at('denoise'),
    },
    output: { is: 'preview', media: 'image', from: [], prefix: 'save_prefix', itself: true },
  };
}

/** Loaders and samplers of Easy-Use and tinyterraNodes, which hand everything on in one pipe. */
export const pipeLoaders: NodeKinds = {
  'easy fullLoader': loader([null], made, [
    'ckpt_name',
    'config_name',
    ...easyWidgets.slice(1, 9),
    'positive',
    'positive_token_normalization',
    'positive_weight_interpretation',
    'negative',
    'negative_token_normalization',
    'negative_weight_interpretation',
    'batch_size',
  ]),
  'easy a1111Loader': loader([null], made, easyWidgets),
  'easy comfyLoader': loader([null], made, easyWidgets),
  'easy preSampling': preSampling(settings),
  'easy preSamplingAdvanced': preSampling([
    'steps',
    'cfg',
    'sampler_name',
    'scheduler',
    'start_at_step',
    'end_at_step',
    'add_noise',
    'seed',
  ]),
  'easy kSampler': pipeSampler([null]),
  'easy fullkSampler': pipeSampler([null]),
  'easy showAnything': { displays: 'anything' },
  'easy seed': { widgets: ['seed'], value: (read) => read('seed') },
  'ttN pipeLoader': withThreeLoras(
    loader([null], ttnOrder, [
      'ckpt_name',
      'config_name',
      'vae_name',
      'clip_skip',
      'lora1_name',
      'lora1_model_strength',
      'lora1_clip_strength',
      'lora2_name',
      'lora2_model_strength',
      'lora2_clip_strength',
      'lora3_name',
      'lora3_model_strength',
      'lora3_clip_strength',
      'positive',
      'positive_token_normalization',
      'positive_weight_interpretation',
      'negative',
      'negative_token_normalization',
      'negative_weight_interpretation',
      'empty_latent_width',
      'empty_latent_height',
      'seed',
    ]),
  ),
  'ttN pipeKSampler': pipeSampler([null]),
};
