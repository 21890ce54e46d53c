import { jsonNumber, jsonText } from '../../../json/json-value.ts';
import type { GraphNode } from './graph.ts';
import type { GraphWalk } from './graph-walk.ts';
import type { Ports } from '../node-kinds/node-kind.ts';

/** What stands at a port as a number, also where other nodes compute it. */
export function numberAt(walk: GraphWalk, node: GraphNode, ports: Ports | undefined): number | undefined {
  const result = ports === undefined ? undefined : walk.evaluate(node, ports);
  return result !== undefined && 'value' in result ? jsonNumber(result.value) : undefined;
}

/** What stands at a port as a text that is not empty. */
export function textAt(walk: GraphWalk, node: GraphNode, ports: Ports | undefined): string | undefined {
  const result = ports === undefined ? undefined : walk.evaluate(node, ports);
  return result !== undefined && 'value' in result ? jsonText(result.value) : undefined;
}
