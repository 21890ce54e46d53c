import type { NodeKind, NodeKinds } from '../node-kind.ts';

/** The text goes along the regions that are cut off from it. */
function regions(...widgets: readonly string[]): NodeKind {
  return { widgets, propagates: ['clip_regions'] };
}

/** Nodes of ComfyUI_Cutoff. */
export const cutoff: NodeKinds = {
  BNK_CutoffBasePrompt: { widgets: ['text'], text: { parts: { text: 'text' }, clip: 'clip' } },
  BNK_CutoffSetRegions: regions('region_text', 'target_text', 'weight'),
  BNK_CutoffRegionsToConditioning: regions('mask_token', 'strict_mask', 'start_from_masked'),
  BNK_CutoffRegionsToConditioning_ADV: regions(
    'mask_token',
    'strict_mask',
    'start_from_masked',
    'token_normalization',
    'weight_interpretation',
  ),
};
