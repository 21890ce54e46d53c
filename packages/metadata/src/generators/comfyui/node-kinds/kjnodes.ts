import { jsonNumber } from '../../../json/json-value.ts';
import type { NodeKind, NodeKinds, ReadInput } from './node-kind.ts';
import { constant, joined, textRule } from './text-rules.ts';

const patch: NodeKind = { propagates: ['model'] };

function numbered(read: ReadInput, count: string, prefix: string): readonly string[] {
  const length = Math.min(jsonNumber(read(count)) ?? 0, 1000);
  return Array.from({ length }, (_, index) => `${prefix}${index + 1}`);
}

function resize(...widgets: readonly string[]): NodeKind {
  return {
    widgets,
    propagates: ['image'],
    resize: { width: 'width', height: 'height', method: 'upscale_method' },
  };
}

/** Nodes of ComfyUI-KJNodes. */
export const kjnodes: NodeKinds = {
  INTConstant: constant('value'),
  FloatConstant: constant('value'),
  StringConstant: constant('string'),
  StringConstantMultiline: {
    widgets: ['string', 'strip_newlines'],
    value: textRule('string', (text, read) =>
      read('strip_newlines') === true ? text.replaceAll('\n', '') : text,
    ),
  },
  JoinStrings: { widgets: ['delimiter'], value: joined(['string1', 'string2'], 'delimiter') },
  JoinStringMulti: {
    widgets: ['inputcount', 'delimiter', 'return_list'],
    value: (read, slot, name) =>
      read('return_list') === true
        ? undefined
        : joined(numbered(read, 'inputcount', 'string_'), 'delimiter')(read, slot, name),
  },
  ImageResizeKJ: resize('width', 'height', 'upscale_method', 'keep_proportion', 'divisible_by'),
  ImageResizeKJv2: resize('width', 'height', 'upscale_method', 'keep_proportion'),
  PathchSageAttentionKJ: patch,
  ModelPatchTorchSettings: patch,
  PatchModelPatcherOrder: patch,
  SkipLayerGuidanceWanVideo: patch,
};
