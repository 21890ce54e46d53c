import type { GraphNode } from './graph.ts';
import type { Content } from './socket-content.ts';
import type { Sockets } from './sockets.ts';
import type { NodeKind } from '../node-kinds/node-kind.ts';

function givesOnly({ gives }: Sockets, content: Content): boolean {
  return gives.size > 0 && [...gives.values()].every((each) => each === content);
}

/** Joins a model and conditionings for a sampler. */
export function inferGuider(sockets: Sockets): NodeKind | undefined {
  if (!givesOnly(sockets, 'guider')) return undefined;
  const { wired } = sockets;
  const [inner] = wired.get('guider') ?? [];
  const [model] = wired.get('model') ?? [];
  if (model === undefined) return inner === undefined ? {} : { passthrough: () => inner };
  const sides = wired.get('conditioning') ?? [];
  const negative = sides.find((name) => /neg|uncond/i.test(name));
  const positive = sides.find((name) => name !== negative);
  return {
    guider: {
      model,
      ...(positive !== undefined && { positive }),
      ...(negative !== undefined && { negative }),
      cfg: ['cfg', 'cfg_scale', 'cfg_conds'],
    },
  };
}

/** A schedule of its own, called as its class, or a change of one that comes in. */
export function inferSigmas(node: GraphNode, sockets: Sockets): NodeKind | undefined {
  if (!givesOnly(sockets, 'sigmas')) return undefined;
  const [sigmas] = sockets.wired.get('sigmas') ?? [];
  if (sigmas !== undefined) return { propagates: [sigmas, sigmas] };
  const isChosen = node.inputs.has('scheduler');
  return {
    sigmas: {
      steps: ['steps', 'num_steps'],
      scheduler: isChosen ? 'scheduler' : { name: node.type },
      denoise: 'denoise',
    },
  };
}

/** A sampler of its own, called as its class, or by the name that stands in it. */
export function inferAlgorithm(node: GraphNode, sockets: Sockets): NodeKind | undefined {
  if (!givesOnly(sockets, 'sampler')) return undefined;
  const [inner] = sockets.wired.get('sampler') ?? [];
  if (inner !== undefined) return { passthrough: () => inner };
  const name = ['sampler_name', 'sampler'].find((input) => node.inputs.has(input));
  return { algorithm: name ?? { name: node.type } };
}

/** A source of noise. */
export function inferNoise(sockets: Sockets): NodeKind | undefined {
  if (!givesOnly(sockets, 'noise')) return undefined;
  const [inner] = sockets.wired.get('noise') ?? [];
  if (inner !== undefined) return { passthrough: () => inner };
  return { noise: ['noise_seed', 'seed'] };
}
