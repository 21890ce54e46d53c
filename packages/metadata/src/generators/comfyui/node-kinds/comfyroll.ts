import { jsonNumber, jsonText, type JsonValue } from '../../../json/json-value.ts';
import type { NodeKind, NodeKinds, ReadInput } from './node-kind.ts';
import { loraOf } from './applied-lora.ts';
import { constant, joined } from './text-rules.ts';

/** Chooses between inputs 1 and 2 of one kind. */
function inputSwitch(prefix: string): NodeKind {
  return {
    widgets: ['Input'],
    passthrough: (read) => `${prefix}${jsonNumber(read('Input')) ?? ''}`,
  };
}

/** The ratio is a text that names its own size: `1:1 square 1024x1024`. */
function aspectValue(read: ReadInput, slot: number): JsonValue | undefined {
  if (slot > 1) return undefined;
  const match = /(\d{3,5})x(\d{3,5})/.exec(jsonText(read('aspect_ratio')) ?? '');
  const isSwapped = read('swap_dimensions') === 'On';
  if (match === null) return read(slot === (isSwapped ? 1 : 0) ? 'width' : 'height');
  return Number(match[(slot === 0) === isSwapped ? 2 : 1]);
}

/** Nodes of Comfyroll Studio. */
export const comfyroll: NodeKinds = {
  'CR Text': constant('text'),
  'CR Prompt Text': constant('prompt'),
  'CR Seed': constant('seed'),
  'CR Text Concatenate': {
    widgets: ['text1', 'text2', 'separator'],
    value: joined(['text1', 'text2'], 'separator'),
  },
  'CR LoRA Stack': {
    widgets: [1, 2, 3].flatMap((index) => [
      `switch_${index}`,
      `lora_name_${index}`,
      `model_weight_${index}`,
      `clip_weight_${index}`,
    ]),
    loras: {
      stack: 'lora_stack',
      applied: (read) =>
        [1, 2, 3].flatMap((index) =>
          read(`switch_${index}`) === 'On'
            ? loraOf(read(`lora_name_${index}`), read(`model_weight_${index}`), read(`clip_weight_${index}`))
            : [],
        ),
    },
  },
  'CR Apply LoRA Stack': {
    widgets: [],
    propagates: ['model', 'clip'],
    loras: { applied: () => [], stack: 'lora_stack' },
  },
  'CR Load LoRA': {
    widgets: ['switch', 'lora_name', 'strength_model', 'strength_clip'],
    propagates: ['model', 'clip'],
    loras: {
      applied: (read) =>
        read('switch') === 'Off'
          ? []
          : loraOf(read('lora_name'), read('strength_model'), read('strength_clip')),
    },
  },
  'CR Model Input Switch': inputSwitch('model'),
  'CR Conditioning Input Switch': inputSwitch('conditioning'),
  'CR Clip Input Switch': inputSwitch('clip'),
  'CR VAE Input Switch': inputSwitch('VAE'),
  'CR Latent Input Switch': inputSwitch('latent'),
  'CR Image Input Switch': inputSwitch('image'),
  'CR Text Input Switch': inputSwitch('text'),
  'CR SDXL Aspect Ratio': {
    widgets: ['width', 'height', 'aspect_ratio', 'swap_dimensions', 'upscale_factor', 'batch_size'],
    value: aspectValue,
    isEmpty: true,
    size: { width: 'width', height: 'height', batch: 'batch_size' },
  },
};
