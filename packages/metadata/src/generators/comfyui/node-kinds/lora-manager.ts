import { isJsonArray, isJsonObject, type JsonValue } from '../../../json/json-value.ts';
import { lorasInText } from './loras-in-text.ts';
import type { AppliedLora, NodeKinds, ReadInput } from './node-kind.ts';
import { loraOf } from './applied-lora.ts';
import { textOf } from './text-rules.ts';

/** `[{name, strength, clipStrength, active}]`, or the tags in the text where there is no list. */
function managedLoras(read: ReadInput): readonly AppliedLora[] {
  const list = unwrapped(read('loras'));
  if (!isJsonArray(list)) return lorasInText(textOf(read('text')) ?? '');
  return list.flatMap((entry) => {
    if (!isJsonObject(entry)) return [];
    const loras = loraOf(entry['name'], entry['strength'], entry['clipStrength']);
    return entry['active'] === false ? loras.map((lora) => ({ ...lora, active: false })) : loras;
  });
}

/** Trigger words that are switched on; words that another node brought now count only if they are the same. */
function activeWords(read: ReadInput): string | undefined {
  const stored = unwrapped(read('toggle_trigger_words'));
  if (!isJsonArray(stored)) return undefined;
  const words = stored.flatMap((entry) => {
    if (!isJsonObject(entry) || entry['active'] !== true || isJsonArray(entry['items'])) return [];
    const text = textOf(entry['text'])?.trim() ?? '';
    const strength = entry['strength'];
    if (text === '') return [];
    const isWeighed = read('allow_strength_adjustment') === true && typeof strength === 'number';
    return isWeighed ? [`(${text}:${strength.toFixed(2)})`] : [text];
  });
  const isNested = stored.some((entry) => isJsonObject(entry) && isJsonArray(entry['items']));
  return isNested ? undefined : words.join(', ');
}

function unwrapped(value: JsonValue | undefined): JsonValue | undefined {
  return isJsonObject(value) ? value['__value__'] : value;
}

/** Words of every `trigger_words` input, in order, before the text. */
function triggered(read: ReadInput): string | undefined {
  const text = textOf(read('text'));
  const words = Array.from({ length: 20 }, (_, index) => textOf(read(`trigger_words${index + 1}`)) ?? '');
  return text === undefined ? undefined : [...words.filter((word) => word !== ''), text].join(', ');
}

/** Nodes that apply LoRAs by tags in a text: ComfyUI-Lora-Manager and relatives. */
export const loraManager: NodeKinds = {
  'Lora Loader (LoraManager)': {
    widgets: ['text', 'loras'],
    propagates: ['model', 'clip'],
    loras: { applied: managedLoras, stack: 'lora_stack' },
  },
  'Lora Stacker (LoraManager)': {
    widgets: ['text', 'loras'],
    loras: { applied: managedLoras, stack: 'lora_stack' },
  },
  'Prompt (LoraManager)': {
    widgets: ['text'],
    text: { parts: {}, fromOutput: 1, clip: 'clip' },
    value: triggered,
  },
  'TriggerWord Toggle (LoraManager)': {
    widgets: ['group_mode', 'default_active', 'allow_strength_adjustment'],
    value: activeWords,
  },
  'Text (LoraManager)': { widgets: ['text'], value: triggered },
  LoraTagLoader: {
    widgets: ['text'],
    propagates: ['model', 'clip'],
    loras: { applied: (read) => lorasInText(textOf(read('text')) ?? '') },
    value: (read) => read('text'),
  },
};
