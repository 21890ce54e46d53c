import type { Generation, MetadataWarning } from '../../src/image-metadata.ts';
import { comfyui } from '../../src/generators/comfyui/comfyui.ts';
import type { Generator, GeneratorInput } from '../../src/generators/generator.ts';
import { describeTexts } from './describe-texts.ts';

/** A node of an executed graph: class and inputs, a wire being `[id, slot]`. */
export type ApiNode = readonly [type: string, inputs: Readonly<Record<string, unknown>>];
export type ApiNodes = Readonly<Record<string, ApiNode>>;

/** The text of the `prompt` chunk. */
export function apiGraph(nodes: ApiNodes): string {
  const entries = Object.entries(nodes).map(([id, [type, inputs]]) => [id, { inputs, class_type: type }]);
  return JSON.stringify(Object.fromEntries(entries));
}

/** Text to image with one checkpoint: the nodes that most graphs have, to be changed by a test. */
export const plainNodes: ApiNodes = {
  model: ['CheckpointLoaderSimple', { ckpt_name: 'base.safetensors' }],
  positive: ['CLIPTextEncode', { text: 'a fox', clip: ['model', 1] }],
  negative: ['CLIPTextEncode', { text: 'blurry', clip: ['model', 1] }],
  latent: ['EmptyLatentImage', { width: 512, height: 768, batch_size: 1 }],
  sampler: [
    'KSampler',
    {
      seed: 1,
      steps: 20,
      cfg: 7,
      sampler_name: 'euler',
      scheduler: 'normal',
      denoise: 1,
      model: ['model', 0],
      positive: ['positive', 0],
      negative: ['negative', 0],
      latent_image: ['latent', 0],
    },
  ],
  decode: ['VAEDecode', { samples: ['sampler', 0], vae: ['model', 2] }],
  save: ['SaveImage', { filename_prefix: 'ComfyUI', images: ['decode', 0] }],
};

/** The plain sampler with some inputs of its own. */
export function samplerWith(inputs: Readonly<Record<string, unknown>>): ApiNode {
  return ['KSampler', { ...plainNodes['sampler']?.[1], ...inputs }];
}

export interface DescribedGraph {
  readonly generation: Generation;
  /** All descriptions, where the graph does not tell its outputs apart. */
  readonly generations: readonly Generation[];
  readonly warnings: readonly MetadataWarning[];
}

type Facts = Partial<Pick<GeneratorInput, 'width' | 'height' | 'fileName'>>;

/** Reads texts as the PNG chunks of one file. */
export function describeChunks(
  texts: Readonly<Record<string, string>>,
  facts: Facts = {},
  generator: Generator = comfyui,
): DescribedGraph {
  const embedded = Object.entries(texts).map(([key, text]) => ({ location: 'png:tEXt' as const, key, text }));
  const { descriptions, warnings } = describeTexts(generator, embedded, facts);
  const generations = descriptions.map(({ generation }) => generation);
  return { generation: generations[0] ?? {}, generations, warnings };
}

export function describeApi(
  nodes: ApiNodes,
  facts: Facts = {},
  generator: Generator = comfyui,
): DescribedGraph {
  return describeChunks({ prompt: apiGraph(nodes) }, facts, generator);
}

/** `count` nodes, `n0` and so on, each made from its number. */
export function numberedNodes(count: number, node: (index: number) => ApiNode): ApiNodes {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, node(index)]));
}

/** Numbered nodes of unknown classes that take from each other in circles, as nodes of all roles do, and an output. */
export function circlesOfUnknownNodes(count: number): ApiNodes {
  const at = (index: number, slot = 0): [string, number] => [`n${index % count}`, slot];
  return {
    ...numberedNodes(count, (index) => [
      `Unknown ${index % 50}`,
      {
        model: at(index * 7 + 1),
        positive: at(index * 13 + 5, 1),
        latent_image: at(index * 3 + 2),
        basic_pipe: at(index * 11),
        text: at(index * 5 + 3),
        steps: index,
      },
    ]),
    save: ['SaveImage', { filename_prefix: 'x', images: at(0) }],
  };
}
