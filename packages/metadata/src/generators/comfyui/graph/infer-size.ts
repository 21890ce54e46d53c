import type { GraphNode } from './graph.ts';
import { guessPropagated } from './guess-propagated.ts';
import type { NodeKind } from '../node-kinds/node-kind.ts';

/** What makes or scales pictures to a size of its own says so in two inputs. */
export function inferSize(node: GraphNode): NodeKind {
  if (!node.inputs.has('width') || !node.inputs.has('height')) return {};
  const hasPicture = guessPropagated(node, 0, 'pixels').length > 0;
  return {
    size: { width: 'width', height: 'height', frames: ['num_frames', 'length', 'video_frames'] },
    isEmpty: !hasPicture,
  };
}
