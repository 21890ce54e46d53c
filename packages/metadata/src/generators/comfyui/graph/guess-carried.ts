import type { GraphNode } from './graph.ts';

/** What a question is about, while a wire is followed upstream. */
export type Wanted = 'model' | 'clip' | 'vae' | 'positive' | 'negative' | 'pixels' | 'sigmas';

const pixelTypes: ReadonlySet<string> = new Set(['IMAGE', 'LATENT', 'VIDEO']);
const notContent = /mask|clip|control|reference|style|noise/i;

/** For a class that nobody described: the inputs which an output probably carries on. */
export function guessCarried(node: GraphNode, slot: number, wanted: Wanted): readonly string[] {
  const wired = wiredInputs(node);
  switch (wanted) {
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
      return conditioningInputs(node, wired, slot, wanted);
    case 'pixels':
      return wired.filter((name) => carriesPixels(node, name));
    default:
      return wanted satisfies never;
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

/** A node that takes both sides gives both back in that order, unless its outputs say otherwise. */
function conditioningInputs(
  node: GraphNode,
  wired: readonly string[],
  slot: number,
  wanted: 'positive' | 'negative',
): readonly string[] {
  const hasBoth = wired.includes('positive') && wired.includes('negative');
  if (!hasBoth) return wired.filter((name) => /^(?:conditioning|cond\d*$|positive|negative)/i.test(name));
  const name = node.outputs[slot]?.name.toLowerCase();
  if (name === 'positive' || name === 'negative') return [name];
  return [['positive', 'negative'][slot] ?? wanted];
}

function carriesPixels(node: GraphNode, name: string): boolean {
  if (notContent.test(name)) return false;
  const type = node.inputTypes.get(name);
  if (type !== undefined && type !== '*') return pixelTypes.has(type);
  return /image|pixels|samples|latent|video|frames/i.test(name);
}
