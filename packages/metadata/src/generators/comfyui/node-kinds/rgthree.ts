import { isJsonObject } from '../../../json/json-value.ts';
import { lorasInText } from './loras-in-text.ts';
import type { AppliedLora, BundleKind, NodeKind, NodeKinds, ReadInput } from './node-kind.ts';
import { loraOf } from './applied-lora.ts';
import { constant, passthrough, textOf } from './text-rules.ts';

const smallFields = ['model', 'clip', 'vae', 'positive', 'negative', 'latent', 'images', 'seed'];
const bigFields = [
  ...smallFields,
  'steps',
  'step_refiner',
  'cfg',
  'ckpt_name',
  'sampler',
  'scheduler',
  'clip_width',
  'clip_height',
  'text_pos_g',
  'text_pos_l',
  'text_neg_g',
  'text_neg_l',
  'mask',
  'control_net',
];
const contexts = ['ctx_01', 'ctx_02', 'ctx_03', 'ctx_04', 'ctx_05'];

/** A context: what is plugged in beats what the context before it brings. */
function context(fields: readonly string[]): NodeKind {
  const own = Object.fromEntries(fields.map((field) => [field, field]));
  return { bundle: { slots: [null, ...fields], fields: own, base: ['base_ctx'] } };
}

function switched(fields: readonly string[]): NodeKind {
  return { bundle: { slots: [null, ...fields], fields: {}, base: contexts, takesFirst: true } };
}

function merged(fields: readonly string[]): NodeKind {
  const bundle: BundleKind = { slots: [null, ...fields], fields: {}, base: contexts.toReversed() };
  return { bundle };
}

/** Entries are objects: `{on, lora, strength, strengthTwo}`. */
function powerLoras(read: ReadInput, inputs: readonly string[]): readonly AppliedLora[] {
  return inputs.flatMap((name) => {
    const entry = read(name);
    if (!isJsonObject(entry) || typeof entry['lora'] !== 'string') return [];
    const two = entry['strengthTwo'];
    const loras = loraOf(entry['lora'], entry['strength'], two === null ? undefined : two);
    return entry['on'] === false ? loras.map((lora) => ({ ...lora, active: false })) : loras;
  });
}

function stackedLoras(read: ReadInput): readonly AppliedLora[] {
  return ['01', '02', '03', '04'].flatMap((index) =>
    loraOf(read(`lora_${index}`), read(`strength_${index}`)),
  );
}

function promptLoras(...names: readonly string[]) {
  return {
    applied: (read: ReadInput) => names.flatMap((name) => lorasInText(textOf(read(name)) ?? '')),
  };
}

/** Nodes of rgthree-comfy. */
export const rgthree: NodeKinds = {
  'Reroute (rgthree)': { ...passthrough(''), widgets: [] },
  'Any Switch (rgthree)': { ...passthrough('any_01', 'any_02', 'any_03', 'any_04', 'any_05'), widgets: [] },
  'Context (rgthree)': context(smallFields),
  'Context Big (rgthree)': context(bigFields),
  'Context Switch (rgthree)': switched(smallFields),
  'Context Switch Big (rgthree)': switched(bigFields),
  'Context Merge (rgthree)': merged(smallFields),
  'Context Merge Big (rgthree)': merged(bigFields),
  'Seed (rgthree)': constant('seed', null, null, null),
  'Display Any (rgthree)': { ...passthrough('source'), widgets: [] },
  'Image Comparer (rgthree)': {
    widgets: [],
    output: { is: 'preview', media: 'image', from: ['image_a'] },
  },
  'KSampler Config (rgthree)': {
    widgets: ['steps_total', 'refiner_step', 'cfg', 'sampler_name', 'scheduler'],
    value: (read, slot) =>
      read(['steps_total', 'refiner_step', 'cfg', 'sampler_name', 'scheduler'][slot] ?? ''),
  },
  'SDXL Empty Latent Image (rgthree)': {
    widgets: ['dimensions', 'clip_scale', 'batch_size'],
    isEmpty: true,
    size: { dimensions: 'dimensions', batch: 'batch_size' },
  },
  'Power Lora Loader (rgthree)': {
    // The list on the canvas holds a header, the entries and a button.
    widgets: (values) => {
      let count = 0;
      return values.map((value) => {
        if (!isJsonObject(value) || !('lora' in value)) return null;
        count += 1;
        return `lora_${count}`;
      });
    },
    propagates: ['model', 'clip'],
    loras: { applied: powerLoras },
  },
  'Lora Loader Stack (rgthree)': {
    widgets: ['01', '02', '03', '04'].flatMap((index) => [`lora_${index}`, `strength_${index}`]),
    propagates: ['model', 'clip'],
    loras: { applied: stackedLoras },
  },
  'Power Prompt (rgthree)': {
    widgets: ['prompt', null, null, null],
    propagates: [null, 'opt_model', 'opt_clip'],
    text: { parts: { text: 'prompt' }, clip: 'opt_clip' },
    value: (read) => read('prompt'),
    loras: promptLoras('prompt'),
  },
  'Power Prompt - Simple (rgthree)': {
    widgets: ['prompt', null],
    text: { parts: { text: 'prompt' }, clip: 'opt_clip' },
    value: (read) => read('prompt'),
  },
  'SDXL Power Prompt - Positive (rgthree)': {
    widgets: ['prompt_g', 'prompt_l', null, null, null],
    propagates: [null, 'opt_model', 'opt_clip'],
    text: { parts: { clip_g: 'prompt_g', clip_l: 'prompt_l' }, clip: 'opt_clip' },
    value: (read, slot) => read(slot === 4 ? 'prompt_l' : 'prompt_g'),
    loras: promptLoras('prompt_g', 'prompt_l'),
  },
  'SDXL Power Prompt - Simple / Negative (rgthree)': {
    widgets: ['prompt_g', 'prompt_l', null],
    text: { parts: { clip_g: 'prompt_g', clip_l: 'prompt_l' }, clip: 'opt_clip' },
    value: (read, slot) => read(slot === 2 ? 'prompt_l' : 'prompt_g'),
  },
};
