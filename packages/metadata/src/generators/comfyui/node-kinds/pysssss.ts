import { isJsonObject, type JsonValue } from '../../../json/json-value.ts';
import type { NodeKinds, ReadInput } from './node-kind.ts';
import { loraOf } from './applied-lora.ts';
import { replaceText, textOf } from './text-rules.ts';

/** Names that come as `{content, image}` where a preview is shown with them. */
function contentOf(value: JsonValue | undefined): JsonValue | undefined {
  return isJsonObject(value) ? value['content'] : value;
}

function tidied(text: string, isTidy: boolean): string {
  if (!isTidy) return text;
  const parts = text.split(',').map((part) => part.trim());
  return parts.filter((part, index) => part !== '' || index === parts.length - 1).join(', ');
}

/** Append or replace, with commas tidied up on request; patterns in slashes are not run. */
function stringFunction(read: ReadInput): string | undefined {
  const isTidy = read('tidy_tags') === 'yes';
  const [a = '', b = '', c = ''] = ['text_a', 'text_b', 'text_c'].map((name) => textOf(read(name)) ?? '');
  if (read('action') === 'append') {
    return tidied([a, b, c].filter((part) => part !== '').join(isTidy ? ', ' : ''), isTidy);
  }
  if (read('action') !== 'replace' || (b.length > 1 && b.startsWith('/') && b.endsWith('/'))) {
    return undefined;
  }
  const replaced = replaceText(a, b, c);
  return replaced === undefined ? undefined : tidied(replaced, isTidy);
}

/** Nodes of ComfyUI-Custom-Scripts. */
export const pysssss: NodeKinds = {
  'ShowText|pysssss': { displays: 'text' },
  'StringFunction|pysssss': {
    widgets: ['action', 'tidy_tags', 'text_a', 'text_b', 'text_c'],
    value: stringFunction,
  },
  'CheckpointLoader|pysssss': { widgets: ['ckpt_name'], loader: { model: 'ckpt_name' } },
  'LoraLoader|pysssss': {
    widgets: ['lora_name', 'strength_model', 'strength_clip', null],
    propagates: ['model', 'clip'],
    loras: {
      applied: (read) => loraOf(contentOf(read('lora_name')), read('strength_model'), read('strength_clip')),
    },
  },
};
