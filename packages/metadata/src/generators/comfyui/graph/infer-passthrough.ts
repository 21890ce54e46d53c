import type { GraphNode } from './graph.ts';
import { eitherInput } from '../node-kinds/text-rules.ts';
import type { NodeKind, PassthroughRule } from '../node-kinds/node-kind.ts';

/** A node for wires of any type: a switch, or one that gives what comes in under the same name. */
export function inferPassthrough(node: GraphNode): NodeKind | undefined {
  if (['switch', 'on_true', 'on_false'].every((name) => node.inputs.has(name))) {
    return { passthrough: eitherInput('switch', 'on_true', 'on_false') };
  }
  const isAny = (type: string | undefined): boolean => type === '*';
  if (!node.outputs.some(({ type }) => isAny(type))) return undefined;
  const passes: PassthroughRule = (_read, slot) => {
    const output = node.outputs[slot];
    const name = output?.name;
    if (name === undefined || !isAny(output?.type) || !isAny(node.inputTypes.get(name))) return undefined;
    return node.inputs.get(name)?.kind === 'link' ? name : undefined;
  };
  return node.outputs.some((_output, slot) => passes(() => undefined, slot) !== undefined)
    ? { passthrough: passes }
    : undefined;
}
