import type { JsonValue } from '../../../json/json-value.ts';
import { shownOutputs } from './displayed-texts.ts';
import type { Graph, GraphNode } from './graph.ts';
import { maximumSteps, maximumTextLength } from './graph-limits.ts';
import { kindOf, portList, resolve, type Evaluated, type GraphWalk, type Origin } from './graph-walk.ts';
import { createFindSockets } from './sockets.ts';
import type { NodeKindIndex, Port, Ports, ReadInput } from '../node-kinds/node-kind.ts';
import type { MetadataWarning } from '../../../image-metadata.ts';

/** Nested string and number nodes that are computed; each level costs a few stack frames. */
const maximumNesting = 100;

/** Prepares a graph for being followed and computed. */
export function createGraphWalk(
  graph: Graph,
  kinds: NodeKindIndex,
  warn: (warning: MetadataWarning) => void,
  displayed: ReadonlyMap<string, string> = new Map(),
): GraphWalk {
  const evaluator = new Evaluator();
  const walk: GraphWalk = {
    graph,
    kinds,
    warn,
    displayed,
    shown: shownOutputs(graph, kinds, displayed),
    inferred: new Map(),
    beforeRuns: new Map(),
    socketsOf: createFindSockets(graph),
    budget: { steps: maximumSteps, openWires: 0 },
    readerOf: (node) => (port) => {
      const result = evaluator.input(walk, node, port);
      return result !== undefined && 'value' in result ? result.value : undefined;
    },
    evaluate: (node, ports) => evaluator.input(walk, node, ports),
    evaluateOutput: (origin) => evaluator.output(walk, origin),
  };
  return walk;
}

class Evaluator {
  readonly #done = new Map<string, Evaluated>();
  #depth = 0;

  input(walk: GraphWalk, node: GraphNode, ports: Ports): Evaluated | undefined {
    if (this.#depth > maximumNesting) return { unresolved: node };
    this.#depth += 1;
    try {
      const resolved = resolve(walk, node, ports);
      // A wire that leads nowhere is not the same as none: something was meant to come.
      if (resolved === undefined) return isWired(node, ports) ? { unresolved: node } : undefined;
      return resolved.kind === 'value' ? { value: resolved.value } : this.output(walk, resolved);
    } finally {
      this.#depth -= 1;
    }
  }

  output(walk: GraphWalk, origin: Origin): Evaluated {
    const key = `${origin.slot}:${origin.node.id}`;
    const known = this.#done.get(key);
    if (known !== undefined) return known;
    // Stands while the value is computed: a node that asks for itself gets no answer.
    this.#done.set(key, { unresolved: origin.node });
    const result = this.#compute(walk, origin);
    this.#done.set(key, result);
    return result;
  }

  #compute(walk: GraphWalk, { node, slot }: Origin): Evaluated {
    const kind = kindOf(walk, node);
    const shown = kind.displays === undefined ? undefined : walk.displayed.get(node.id);
    if (shown !== undefined) return { value: shown };
    if (kind.displays !== undefined) {
      return this.input(walk, node, kind.displays) ?? { unresolved: node };
    }
    if (kind.isOpaque === true || kind.value === undefined) return shownValue(walk, { node, slot });
    let lost: GraphNode | undefined;
    const read: ReadInput = (port: Port) => {
      const result = this.input(walk, node, port);
      if (result === undefined) return undefined;
      if ('value' in result) return result.value;
      lost ??= result.unresolved;
      return undefined;
    };
    const value = kind.value(read, slot, () => outputName(walk, node, slot));
    if (lost !== undefined) return { unresolved: lost };
    if (value === undefined || isTooLong(value)) return { unresolved: node };
    return { value };
  }
}

function outputName(walk: GraphWalk, node: GraphNode, slot: number): string | undefined {
  const name = node.outputs[slot]?.name.toLowerCase();
  return name === undefined || name === '' ? walk.socketsOf(node).feeds(slot)[0] : name;
}

/** What cannot be computed may have been shown in this run. */
function shownValue(walk: GraphWalk, { node, slot }: Origin): Evaluated {
  const value = walk.shown.get(`${slot}:${node.id}`);
  return value === undefined ? { unresolved: node } : { value };
}

function isWired(node: GraphNode, ports: Ports): boolean {
  return portList(ports).some((port) => {
    const name = typeof port === 'string' ? port : port.bundle;
    return node.inputs.get(name)?.kind === 'link';
  });
}

function isTooLong(value: JsonValue): boolean {
  return typeof value === 'string' && value.length > maximumTextLength;
}
