import type { GraphNode } from './graph.ts';

/** What is looked for while a wire is followed upstream. */
export type WireContent = 'model' | 'clip' | 'vae' | 'positive' | 'negative' | 'pixels' | 'sigmas';

const pixelTypes: ReadonlySet<string> = new Set(['IMAGE', 'LATENT', 'VIDEO']);
const notContent = /mask|clip|control|reference|style|noise/i;

/** For an unknown class: the inputs that an output probably propagates. */
export function guessPropagated(node: GraphNode, slot: number, content: WireContent): readonly string[] {
  const wired = wiredInputs(node);
  switch (content) {
    case 'model':
      return firstMatching(wired, [/^model1?$/i, /^base_?model$/i, /^unet$/i, /model$/i]);
    case 'clip':
      return firstMatching(wired, [/^clip1?$/i]);
    case 'vae':
      return firstMatching(wired, [/^vae$/i]);
    case 'sigmas':
      return firstMatching(wired, [/^sigmas/i]);
    case 'positive':
    case 'negative':
      return conditioningInputs(node, wired, slot, content);
    case 'pixels':
      return wired.filter((name) => propagatesPixels(node, name));
    default:
      return content satisfies never;
  }
}

function wiredInputs(node: GraphNode): readonly string[] {
  return [...node.inputs].flatMap(([name, input]) => (input.kind === 'link' ? name : []));
}

function firstMatching(names: readonly string[], patterns: readonly RegExp[]): readonly string[] {
  for (const pattern of patterns) {
    const found = names.find((name) => pattern.test(name));
    if (found !== undefined) return [found];
  }
  return [];
}

/** A node that takes both sides returns both in that order, unless the names of its outputs differ. */
function conditioningInputs(
  node: GraphNode,
  wired: readonly string[],
  slot: number,
  content: 'positive' | 'negative',
): readonly string[] {
  const hasBoth = wired.includes('positive') && wired.includes('negative');
  if (!hasBoth) return wired.filter((name) => /^(?:conditioning|cond\d*$|positive|negative)/i.test(name));
  const name = node.outputs[slot]?.name.toLowerCase();
  if (name === 'positive' || name === 'negative') return [name];
  return [['positive', 'negative'][slot] ?? content];
}

function propagatesPixels(node: GraphNode, name: string): boolean {
  if (notContent.test(name)) return false;
  const type = node.inputTypes.get(name);
  if (type !== undefined && type !== '*') return pixelTypes.has(type);
  return /image|pixels|samples|latent|video|frames/i.test(name);
}
