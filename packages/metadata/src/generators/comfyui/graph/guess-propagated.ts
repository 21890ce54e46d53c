import type { GraphNode } from './graph.ts';
import { inputContent } from './sockets.ts';
import type { Content } from './socket-content.ts';

/** What is looked for while a wire is followed upstream. */
export type WireContent = 'model' | 'clip' | 'vae' | 'positive' | 'negative' | 'pixels' | 'sigmas';

const notContent = /mask|clip|control|reference|style|noise/i;

/** For an unknown class: the inputs that an output probably propagates. */
export function guessPropagated(node: GraphNode, slot: number, content: WireContent): readonly string[] {
  const wired = wiredInputs(node);
  switch (content) {
    case 'model':
      return firstOf(node, wired, 'model', /model$/i);
    case 'clip':
    case 'vae':
      return firstOf(node, wired, content);
    case 'sigmas':
      return firstOf(node, wired, 'sigmas', /^sigmas/i);
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

/** The first wire that carries it; where none is known to, one whose name says so. */
function firstOf(
  node: GraphNode,
  wired: readonly string[],
  content: Content,
  pattern?: RegExp,
): readonly string[] {
  const found =
    wired.find((name) => inputContent(node, name) === content) ??
    wired.find((name) => pattern?.test(name) === true && inputContent(node, name) === undefined);
  return found === undefined ? [] : [found];
}

/** A node that takes both sides returns both in that order, unless the names of its outputs differ. */
function conditioningInputs(
  node: GraphNode,
  wired: readonly string[],
  slot: number,
  content: 'positive' | 'negative',
): readonly string[] {
  const hasBoth = wired.includes('positive') && wired.includes('negative');
  if (!hasBoth) return wired.filter((name) => inputContent(node, name) === 'conditioning');
  const name = node.outputs[slot]?.name.toLowerCase();
  if (name === 'positive' || name === 'negative') return [name];
  return [['positive', 'negative'][slot] ?? content];
}

function propagatesPixels(node: GraphNode, name: string): boolean {
  if (notContent.test(name)) return false;
  const content = inputContent(node, name);
  if (content !== undefined) return content === 'pixels' || content === 'latent';
  return /image|pixels|samples|latent|video|frames/i.test(name);
}
