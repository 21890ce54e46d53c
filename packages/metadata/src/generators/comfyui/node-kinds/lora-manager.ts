import { isJsonArray, isJsonObject } from '../../../json/json-value.ts';
import { lorasInText } from './loras-in-text.ts';
import type { AppliedLora, NodeKinds, ReadInput } from './node-kind.ts';
import { loraOf } from './applied-lora.ts';
import { textOf } from './text-rules.ts';

/** `[{name, strength, clipStrength, active}]`, or the tags in the text where there is no list. */
function managedLoras(read: ReadInput): readonly AppliedLora[] {
  const stored = read('loras');
  const list = isJsonObject(stored) ? stored['__value__'] : stored;
  if (!isJsonArray(list)) return lorasInText(textOf(read('text')) ?? '');
  return list.flatMap((entry) => {
    if (!isJsonObject(entry)) return [];
    const loras = loraOf(entry['name'], entry['strength'], entry['clipStrength']);
    return entry['active'] === false ? loras.map((lora) => ({ ...lora, active: false })) : loras;
  });
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
  LoraTagLoader: {
    widgets: ['text'],
    propagates: ['model', 'clip'],
    loras: { applied: (read) => lorasInText(textOf(read('text')) ?? '') },
    value: (read) => read('text'),
  },
};
