import type { GraphNode } from './graph.ts';
import { inferConditioning } from './infer-conditioning.ts';
import { inferLora, inferLoader } from './infer-loader.ts';
import { inferOutput } from './infer-output.ts';
import { inferPassthrough } from './infer-passthrough.ts';
import { inferPipe } from './infer-pipe.ts';
import { inferRemote } from './infer-remote.ts';
import { inferSampler } from './infer-sampler.ts';
import { inferSize } from './infer-size.ts';
import { inferValue } from './infer-value.ts';
import { inferAlgorithm, inferGuider, inferNoise, inferSigmas } from './infer-sampling-parts.ts';
import type { Sockets } from './sockets.ts';
import type { NodeKind } from '../node-kinds/node-kind.ts';

/** Infers the kind of an unknown class from what is wired to it and from the names of its inputs. */
export function inferNodeKind(node: GraphNode, sockets: Sockets): NodeKind {
  const passthrough = inferPassthrough(node);
  if (passthrough !== undefined) return passthrough;
  const pipe = inferPipe(node, sockets);
  const sampler = inferSampler(node, sockets);
  if (sampler !== undefined) return { ...inferSize(node), ...pipe, ...sampler };
  const kind =
    inferGuider(sockets) ??
    inferSigmas(node, sockets) ??
    inferAlgorithm(node, sockets) ??
    inferNoise(sockets) ??
    inferRemote(node, sockets) ??
    inferOutput(node, sockets) ??
    inferConditioning(node, sockets) ??
    inferLora(node, sockets) ??
    inferLoader(node, sockets) ??
    inferValue(node, sockets);
  return { ...(kind ?? inferSize(node)), ...pipe };
}
