import { loraOf } from '../applied-lora.ts';
import { lorasInText } from '../loras-in-text.ts';
import type { AppliedLora, BundleKind, NodeKind, Port, ReadInput, TextKind } from '../node-kind.ts';
import { textOf } from '../text-rules.ts';

/** A loader that makes model, texts and an empty latent, and hands them on in one pipe. */
export interface PipeLoader {
  /** Fields of the pipe that the loader makes, in the order of its outputs behind the pipe. */
  readonly order: readonly string[];
  readonly widgets: readonly string[];
  readonly model?: string;
}

/** Only the pipe itself, at output 0, is a bundle: the loader makes what leaves at the others. */
export function pipeLoader({ order, widgets, model = 'ckpt_name' }: PipeLoader): NodeKind {
  const fields = Object.fromEntries(order.map((field, index) => [field, { slot: index + 1 }]));
  const text = (side: 'positive' | 'negative'): TextKind => ({
    parts: { text: side },
    stopLayer: 'clip_skip',
  });
  return {
    widgets,
    bundle: { slots: [null], fields },
    loader: { model, vae: 'vae_name' },
    loras: { applied: loaderLoras, stack: ['optional_lora_stack', 'lora_stack'] },
    textAt: [
      null,
      ...order.map((field) => (field === 'positive' || field === 'negative' ? text(field) : null)),
    ],
    isEmpty: true,
    size: {
      dimensions: ['resolution', 'empty_latent_aspect'],
      width: 'empty_latent_width',
      height: 'empty_latent_height',
      batch: 'batch_size',
      frames: 'length',
    },
  };
}

/** One LoRA by name, up to three of tinyterraNodes, and tags in a text of their own. */
function loaderLoras(read: ReadInput): readonly AppliedLora[] {
  const numbered = ['', '1', '2', '3'].flatMap((number) => {
    const stem = number === '' ? 'lora' : `lora${number}`;
    return loraOf(read(`${stem}_name`), read(`${stem}_model_strength`), read(`${stem}_clip_strength`));
  });
  return [...numbered, ...lorasInText(textOf(read('loras')) ?? '')];
}

/** `toggle`, `mode` and `num_loras`, and four values for each LoRA: a weight, or one for each side. */
export function loraStack(count: number): NodeKind {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return {
    widgets: [
      'toggle',
      'mode',
      'num_loras',
      ...numbers.flatMap((number) => [
        `lora_${number}_name`,
        `lora_${number}_strength`,
        `lora_${number}_model_strength`,
        `lora_${number}_clip_strength`,
      ]),
    ],
    loras: { applied: (read) => stackedLoras(read, numbers), stack: 'optional_lora_stack' },
  };
}

function stackedLoras(read: ReadInput, numbers: readonly number[]): readonly AppliedLora[] {
  const toggle = read('toggle');
  const isOff = toggle === false || toggle === null || toggle === 'False';
  const count = read('num_loras');
  const used = typeof count === 'number' ? numbers.slice(0, Math.max(0, count)) : numbers;
  const loras = used.flatMap((number) => {
    const name = read(`lora_${number}_name`);
    return read('mode') === 'advanced'
      ? loraOf(name, read(`lora_${number}_model_strength`), read(`lora_${number}_clip_strength`))
      : loraOf(name, read(`lora_${number}_strength`));
  });
  return isOff ? loras.map((lora) => ({ ...lora, active: false })) : loras;
}

/** A node that adds sampler settings to the pipe. */
export function preSampling(...widgets: readonly string[]): NodeKind {
  const fields = Object.fromEntries(widgets.map((name) => [name, name]));
  return {
    widgets,
    bundle: {
      slots: [null],
      fields: { ...fields, latent: 'latent', sampler: 'optional_sampler', sigmas: 'optional_sigmas' },
      base: ['pipe'],
    },
  };
}

function at(field: string, ...own: readonly string[]): readonly Port[] {
  return [...own, field, { bundle: 'pipe', field }];
}

/** A sampler that takes all that is not plugged into it from the pipe, and shows what it made. */
export function pipeSampler(slots: BundleKind['slots'], widgets: readonly string[] = []): NodeKind {
  return {
    ...(widgets.length > 0 && { widgets }),
    bundle: { slots, fields: { image: { slot: 1 }, images: { slot: 1 } }, base: ['pipe'] },
    loras: {
      applied: (read) => loraOf(read('lora_name'), read('lora_strength') ?? read('lora_model_strength')),
    },
    sampler: {
      from: at('latent', 'optional_latent'),
      model: at('model', 'optional_model'),
      positive: at('positive', 'optional_positive'),
      negative: at('negative', 'optional_negative'),
      vae: at('vae', 'optional_vae'),
      seed: at('seed', 'noise_seed'),
      steps: at('steps'),
      cfg: at('cfg'),
      sampler: at('sampler_name'),
      scheduler: at('scheduler'),
      denoise: at('denoise'),
      startStep: at('start_at_step'),
      endStep: at('end_at_step'),
      addsNoise: at('add_noise'),
    },
    output: { is: 'preview', media: 'image', from: [], prefix: 'save_prefix', itself: true },
  };
}

/** Fields of a pipe, which `pipeIn`, `pipeOut` and `pipeEdit` of both packs call alike. */
const pipeInputs = {
  model: 'model',
  positive: 'pos',
  negative: 'neg',
  latent: 'latent',
  vae: 'vae',
  clip: 'clip',
  image: 'image',
  images: 'image',
  seed: 'seed',
} as const;

export const pipeIn: NodeKind = {
  bundle: { slots: [null], fields: pipeInputs, base: ['pipe'] },
};

export const pipeOut: NodeKind = {
  widgets: [],
  bundle: {
    slots: [null, 'model', 'positive', 'negative', 'latent', 'vae', 'clip', 'image', 'seed'],
    fields: pipeInputs,
    base: ['pipe'],
  },
};

/** Keeps the pipe, but gives it as that of another pack. */
export const pipeAs: NodeKind = { widgets: [], bundle: { slots: [null, null], fields: {}, base: ['pipe'] } };
