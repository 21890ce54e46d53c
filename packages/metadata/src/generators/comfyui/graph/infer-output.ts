import type { GraphNode } from './graph.ts';
import type { Sockets } from './sockets.ts';
import type { NodeKind, OutputKind } from '../node-kinds/node-kind.ts';

const verbs = /save|preview|combine|export/i;

/** Whether a class may be an output by its name: no other one is looked at for it. */
export function isCalledOutput({ type }: GraphNode): boolean {
  return verbs.test(type);
}

/** A node that writes or shows pictures says so in its name. */
export function inferOutput(node: GraphNode, { wired }: Sockets): NodeKind | undefined {
  const verb = verbs.exec(node.type)?.[0].toLowerCase();
  const from = [...(wired.get('pixels') ?? []), ...(wired.get('latent') ?? [])];
  if (verb === undefined || from.length === 0) return undefined;
  const hasPrefix = node.inputs.has('filename_prefix');
  if (verb === 'combine' && !hasPrefix) return undefined;
  const is = verb === 'preview' ? 'preview' : 'save';
  return {
    output: { is, media: mediaOf(node), from, ...(hasPrefix && { prefix: 'filename_prefix' }) },
    propagates: [from],
  };
}

function mediaOf({ type }: GraphNode): OutputKind['media'] {
  if (/video|webm|mp4|gif|anim/i.test(type)) return 'video';
  return /audio/i.test(type) ? 'audio' : 'image';
}
