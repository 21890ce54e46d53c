import { describe, expect, it } from 'vitest';
import {
  apiGraph,
  circlesOfUnknownNodes,
  numberedNodes,
  plainNodes,
  samplerWith,
  type ApiNode,
  type ApiNodes,
} from '../../../test/helpers/comfyui-graphs.ts';
import { jsonObject } from '../../json/json-value.ts';
import { parseTolerantJson } from '../../json/parse-tolerant-json.ts';
import { createGraphWalk } from './graph/evaluate-value.ts';
import { loadApiGraph } from './graph/load-api-graph.ts';
import { knownNodeKinds } from './node-kinds/known-node-kinds.ts';
import type { NodeKind } from './node-kinds/node-kind.ts';
import { chooseOutput } from './output/choose-output.ts';
import { describeOutput } from './output/describe-output.ts';

const count = 10_000;

/** Counts how often the kind of a node is asked for, which every step does that looks at one. */
class CountedKinds extends Map<string, NodeKind> {
  looks = 0;

  override get(type: string): NodeKind | undefined {
    this.looks += 1;
    return super.get(type);
  }

  override has(type: string): boolean {
    this.looks += 1;
    return super.has(type);
  }
}

function looksAt(nodes: ApiNodes): number {
  const kinds = new CountedKinds(Object.entries(knownNodeKinds));
  const graph = loadApiGraph(jsonObject(parseTolerantJson(apiGraph(nodes))) ?? {});
  const walk = createGraphWalk(graph, kinds, () => {});
  const file = { width: 512, height: 768, fileName: 'x.png', isVideo: false };
  for (const output of chooseOutput(walk, file).slice(0, 8)) describeOutput(walk, output);
  return kinds.looks;
}

const many = (node: (index: number) => ApiNode): ApiNodes => numberedNodes(count, node);

const at = (index: number, slot = 0): [string, number] => [`n${index % count}`, slot];
const latents = Object.fromEntries(
  Array.from({ length: count }, (_, index) => [`latent_${index}`, at(index)]),
);

const shapes: Readonly<Record<string, ApiNodes>> = {
  'a chain of reroutes': {
    ...plainNodes,
    ...many((index) => ['Reroute (rgthree)', { '': index === 0 ? ['model', 0] : at(index - 1) }]),
    sampler: samplerWith({ model: at(count - 1) }),
  },
  'a chain of LoRAs': {
    ...plainNodes,
    ...many((index) => [
      'LoraLoaderModelOnly',
      { lora_name: 'l', model: index === 0 ? ['model', 0] : at(index - 1) },
    ]),
    sampler: samplerWith({ model: at(count - 1) }),
  },
  'a star of outputs': {
    ...plainNodes,
    ...many((index) => ['SaveImage', { filename_prefix: `p${index}`, images: ['decode', 0] }]),
  },
  'a star of unknown classes': {
    ...plainNodes,
    ...many((index) => [`Unknown ${index}`, { images: ['decode', 0], model: ['model', 0] }]),
  },
  'a node that takes from all': {
    ...many((index) => ['KSampler', { latent_image: ['wide', 0], seed: index, model: at(index * 7 + 1) }]),
    wide: ['Unknown', latents],
    save: ['SaveImage', { images: at(0) }],
  },
  'two sides of which each takes from all of the other': {
    ...plainNodes,
    ...many((index) => [
      'Unknown',
      Object.fromEntries(
        Array.from({ length: index < 5000 ? 1 : 20 }, (_, other) => [
          `image${other}`,
          at(index + other * 251),
        ]),
      ),
    ]),
    save: ['SaveImage', { images: at(count - 1) }],
  },
  'circles of unknown classes': circlesOfUnknownNodes(count),
  'a circle of samplers': {
    ...plainNodes,
    ...many((index) => samplerWith({ latent_image: at(index + 1) })),
    save: ['SaveImage', { images: at(0) }],
  },
  'samplers whose results nobody takes': {
    ...plainNodes,
    ...many((index) => samplerWith({ latent_image: at(index * 3 + 1) })),
  },
  'samplers and outputs in turns': {
    ...plainNodes,
    ...many((index) =>
      index % 2 === 0
        ? ['SaveImage', { images: at(index + 1) }]
        : samplerWith({ latent_image: at(index + count - 2) }),
    ),
  },
  'conditionings in circles': {
    ...plainNodes,
    ...many((index) => [
      'ConditioningCombine',
      { conditioning_1: at(index + 1), conditioning_2: at(index * 3 + 7) },
    ]),
    sampler: samplerWith({ positive: at(0) }),
  },
  'texts in circles': {
    ...plainNodes,
    ...many((index) => [
      'StringConcatenate',
      { string_a: at(index + 1), string_b: at(index * 3 + 1), delimiter: '' },
    ]),
    positive: ['CLIPTextEncode', { text: at(0), clip: ['model', 1] }],
  },
};

describe('ten thousand nodes', () => {
  it.each(Object.keys(shapes))('as %s cost few looks at each', (shape) => {
    expect(looksAt(shapes[shape] ?? {})).toBeLessThan(15 * count);
  });
});
