import type { Description, GeneratorId } from '../../image-metadata.ts';
import type { Generator, GeneratorInput } from '../generator.ts';
import { chooseOutput, type FileInfo } from './output/choose-output.ts';
import { displayedTexts } from './graph/displayed-texts.ts';
import { describeOutput } from './output/describe-output.ts';
import { createGraphWalk } from './graph/evaluate-value.ts';
import { findGraphs } from './find-graphs.ts';
import type { Graph } from './graph/graph.ts';
import { loadApiGraph } from './graph/load-api-graph.ts';
import { loadWorkflow } from './canvas/load-workflow.ts';
import { knownNodeKinds } from './node-kinds/known-node-kinds.ts';
import type { NodeKindIndex, NodeKinds } from './node-kinds/node-kind.ts';

export interface ComfyUiOptions {
  /** Node classes to know besides the built-in ones, by class name; these come first. */
  readonly nodeKinds?: NodeKinds;
}

/** Most descriptions of one file, where the graph has several outputs and does not say which one it is. */
const maximumDescriptions = 8;

/** Reads ComfyUI graphs; `nodeKinds` teaches it node classes that it does not know. */
export function createComfyUiGenerator(options: ComfyUiOptions = {}): Generator {
  const kinds: NodeKindIndex = new Map(Object.entries({ ...knownNodeKinds, ...options.nodeKinds }));
  return {
    id: 'comfyui',
    parse: (input) => describeGraphs(input, kinds, 'comfyui'),
  };
}

/** ComfyUI graphs with the node classes that are built in. */
export const comfyui: Generator = createComfyUiGenerator();

function describeGraphs(
  input: GeneratorInput,
  kinds: NodeKindIndex,
  generator: GeneratorId,
): readonly Description[] {
  const found = findGraphs(input.embedded);
  const canvas = found.find(({ form }) => form === 'workflow');
  const displayed = canvas && displayedTexts(canvas.graph, kinds);
  // The executed graph is preferred to the one on the canvas.
  for (const form of ['api', 'workflow'] as const) {
    for (const { form: ofGraph, graph } of found) {
      if (ofGraph !== form) continue;
      const loaded = form === 'api' ? loadApiGraph(graph) : loadWorkflow(graph, kinds);
      const descriptions = describeGraph(loaded, input, kinds, generator, displayed);
      if (descriptions.length > 0) return descriptions;
    }
  }
  return found.length === 0 ? [] : [undescribed(input, generator)];
}

/** The file says who wrote it, though not with what. */
function undescribed(input: GeneratorInput, generator: GeneratorId): Description {
  const message = 'the graph runs no sampler and calls no service that is known';
  input.warn({ code: 'unresolved', message });
  return { generator, generation: {} };
}

function describeGraph(
  graph: Graph,
  input: GeneratorInput,
  kinds: NodeKindIndex,
  generator: GeneratorId,
  displayed: ReadonlyMap<string, string> | undefined,
): readonly Description[] {
  if (graph.isCut) {
    const message = 'the graph is too large: a part of its nodes or wires is left out';
    input.warn({ code: 'limit-exceeded', message });
  }
  const walk = createGraphWalk(graph, kinds, input.warn, displayed);
  const outputs = chooseOutput(walk, fileInfoOf(input));
  const generations = outputs
    .slice(0, maximumDescriptions)
    .flatMap((output) => describeOutput(walk, output) ?? []);
  if (generations.length > 1) {
    const message = `the graph has ${outputs.length} outputs and does not tell which one this file is`;
    input.warn({ code: 'ambiguous', message });
  }
  return generations.map((generation) => ({ generator, generation }));
}

const videoContainers = /^(?:mp4|mov|matroska|webm|avi|gif):/;

function fileInfoOf({ embedded, width, height, fileName }: GeneratorInput): FileInfo {
  const location = embedded.find((text) => !text.location.startsWith('sidecar:'))?.location ?? '';
  const isVideo = videoContainers.test(location) ? true : location.startsWith('webp:') ? undefined : false;
  return { width, height, fileName, isVideo };
}
