import type { GraphNode } from './graph.ts';
import type { Sockets } from './sockets.ts';
import type { NodeKind } from '../node-kinds/node-kind.ts';

const valueBox = /primitive|constant|literal|text|string|prompt|positive|negative|int|float|number|seed/i;
const makesValues =
  /random|wildcard|generat|describe|caption|tagger|translat|llm|gpt|chat|ollama|gemini|file|load/i;
/** Settings that no node computes from others of the same name. */
const plainSettings: ReadonlySet<string> = new Set([
  'seed',
  'noise_seed',
  'cfg',
  'sampler_name',
  'scheduler',
  'denoise',
]);

/** A box that holds one value and takes nothing in, or settings that leave under their own names. */
export function inferValue(node: GraphNode, sockets: Sockets): NodeKind | undefined {
  return inferConstant(node) ?? inferSettings(node, sockets);
}

function inferConstant(node: GraphNode): NodeKind | undefined {
  if (node.inputs.size !== 1 || !valueBox.test(node.type) || makesValues.test(node.type)) return undefined;
  const [[name, input] = []] = node.inputs;
  if (name === undefined || input?.kind !== 'literal' || typeof input.value === 'object') return undefined;
  return { value: (read) => read(name) };
}

function inferSettings(node: GraphNode, { feeds }: Sockets): NodeKind | undefined {
  if (![...node.inputs.keys()].some((name) => plainSettings.has(name))) return undefined;
  return {
    value: (read, slot) => {
      const names = [node.outputs[slot]?.name.toLowerCase(), ...feeds(slot)];
      const name = names.find((each) => each !== undefined && plainSettings.has(each));
      return name === undefined || !node.inputs.has(name) ? undefined : read(name);
    },
  };
}
