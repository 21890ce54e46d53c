import type { Graph, GraphNode } from './graph.ts';
import { carriesByName, carriesByType, type Content } from './socket-content.ts';

/** What goes in and out of a node that nobody described. */
export interface Sockets {
  /** Inputs that have a wire, by what it carries, in order. */
  readonly wired: ReadonlyMap<Content, readonly string[]>;
  /** What each output carries, as far as it is known. */
  readonly gives: ReadonlyMap<number, Content>;
  /** Names of the inputs that an output feeds. */
  readonly feeds: (slot: number) => readonly string[];
}

/** Finds the sockets of a node. */
export type FindSockets = (node: GraphNode) => Sockets;

/**
 * Sockets by the types that the canvas states. The executed graph states none: there, names of inputs
 * tell, of the node itself and of those that take what it gives.
 */
export function createFindSockets(graph: Graph): FindSockets {
  let consumers: ReadonlyMap<string, readonly Consumer[]> | undefined;
  const consumersOf = (node: GraphNode): readonly Consumer[] => {
    consumers ??= findConsumers(graph);
    return consumers.get(node.id) ?? [];
  };
  return (node) => ({
    wired: wiredInputs(node),
    gives: outputsOf(node, consumersOf),
    feeds: (slot) => consumersOf(node).flatMap((consumer) => (consumer.slot === slot ? consumer.input : [])),
  });
}

interface Consumer {
  readonly slot: number;
  readonly input: string;
  readonly node: GraphNode;
}

/** Consumers of one node that are looked at: what they are called repeats. */
const maximumConsumers = 64;

function findConsumers(graph: Graph): ReadonlyMap<string, readonly Consumer[]> {
  const consumers = new Map<string, Consumer[]>();
  for (const node of graph.nodes.values()) {
    for (const [input, value] of node.inputs) {
      if (value.kind !== 'link') continue;
      const list = consumers.get(value.nodeId);
      if (list === undefined) consumers.set(value.nodeId, [{ slot: value.slot, input, node }]);
      else if (list.length < maximumConsumers) list.push({ slot: value.slot, input, node });
    }
  }
  return consumers;
}

/** What an input takes: by its type where one is stated, or else by its name. */
export function inputContent(node: GraphNode, name: string): Content | undefined {
  // Services give the path of a model in space as a text.
  if (name === 'model_file') return 'pixels';
  const typed = carriesByType(node.inputTypes.get(name));
  return typed === undefined || typed === 'other' ? (carriesByName(name) ?? typed) : typed;
}

function wiredInputs(node: GraphNode): ReadonlyMap<Content, readonly string[]> {
  const wired = new Map<Content, string[]>();
  for (const [name, input] of node.inputs) {
    if (input.kind !== 'link') continue;
    const content = inputContent(node, name) ?? 'other';
    const names = wired.get(content);
    if (names === undefined) wired.set(content, [name]);
    else names.push(name);
  }
  return wired;
}

function outputsOf(
  node: GraphNode,
  consumersOf: (node: GraphNode) => readonly Consumer[],
): ReadonlyMap<number, Content> {
  const gives = new Map<number, Content>();
  node.outputs.forEach(({ name, type }, slot) => {
    const content = name === 'model_file' ? 'pixels' : carriesByType(type);
    if (content !== undefined) gives.set(slot, content);
  });
  if (node.outputs.length > 0 && gives.size === node.outputs.length) return gives;
  for (const { slot, input, node: consumer } of consumersOf(node)) {
    if (gives.has(slot)) continue;
    const content = inputContent(consumer, input);
    if (content !== undefined) gives.set(slot, content);
  }
  return gives;
}
