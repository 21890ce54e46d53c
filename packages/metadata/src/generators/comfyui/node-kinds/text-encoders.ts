import type { NodeKind, NodeKinds } from './node-kind.ts';

function encodes(...more: readonly string[]): NodeKind {
  return { widgets: ['text', ...more], text: { parts: { text: 'text' }, clip: 'clip' } };
}

const opaque: NodeKind = { isOpaque: true };

/** Text encoders of other packs, and nodes whose text comes from a model or a random draw. */
export const textEncoders: NodeKinds = {
  'smZ CLIPTextEncode': encodes(
    'parser',
    'mean_normalization',
    'multi_conditioning',
    'use_old_emphasis_implementation',
    'with_SDXL',
  ),
  'CLIP Text Encode++ (smZ)': encodes(),
  BNK_CLIPTextEncodeAdvanced: encodes('token_normalization', 'weight_interpretation'),
  OllamaGenerate: opaque,
  OllamaVision: opaque,
  Florence2Run: opaque,
  'WD14Tagger|pysssss': opaque,
  DPRandomGenerator: opaque,
};
