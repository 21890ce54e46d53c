import type { GraphNode } from './graph.ts';
import type { Sockets } from './sockets.ts';
import type { NodeKind } from '../node-kinds/node-kind.ts';

const fields = ['model', 'clip', 'vae', 'positive', 'negative', 'latent', 'image', 'images', 'seed'];

/** A node that a pipe goes into or out of: what is plugged in beats what the pipe brings. */
export function inferPipe(node: GraphNode, { wired, gives, feeds }: Sockets): NodeKind {
  const base = wired.get('pipe') ?? [];
  const givesPipe = [...gives.values()].includes('pipe');
  if (base.length === 0 && !givesPipe) return {};
  const own = fields.filter((field) => node.inputs.has(field));
  const last = Math.max(0, ...gives.keys());
  const slots = Array.from({ length: Math.min(last, 30) + 1 }, (_, slot) => {
    if (gives.get(slot) === 'pipe') return null;
    const names = [node.outputs[slot]?.name.toLowerCase(), ...feeds(slot)];
    return names.find((name) => name !== undefined && fields.includes(name)) ?? null;
  });
  const isMade = [...gives.values()].some((content) => content === 'latent' || content === 'pixels');
  return {
    bundle: {
      slots: isMade ? slots.map(() => null) : slots,
      fields: Object.fromEntries(own.map((field) => [field, field])),
      base,
    },
  };
}
