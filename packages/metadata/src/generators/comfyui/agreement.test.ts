import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  apiGraph,
  describeChunks,
  plainNodes,
  samplerWith,
  type ApiNode,
} from '../../../test/helpers/comfyui-graphs.ts';
import {
  drawWorkflow,
  plainCanvas,
  rewired,
  type CanvasNode,
  type Wire,
} from '../../../test/helpers/comfyui-workflows.ts';

interface Settings {
  readonly prompt: string;
  readonly seed: bigint;
  readonly steps: number;
  readonly cfg: number;
  readonly loras: readonly { readonly name: string; readonly weight: number }[];
  readonly guidance: number | undefined;
}

/** JSON as Python prints it, big integers included. */
function withSeed(json: string, seed: bigint): string {
  return json.replaceAll('"@seed"', String(seed));
}

function executed({ prompt, seed, steps, cfg, loras, guidance }: Settings): string {
  const chain = loras.map(({ name, weight }, index): [string, ApiNode] => [
    `lora${index}`,
    [
      'LoraLoaderModelOnly',
      { lora_name: name, strength_model: weight, model: [index === 0 ? 'model' : `lora${index - 1}`, 0] },
    ],
  ]);
  const nodes = {
    ...plainNodes,
    ...Object.fromEntries(chain),
    positive: ['CLIPTextEncode', { text: prompt, clip: ['model', 1] }],
    guided: ['FluxGuidance', { guidance, conditioning: ['positive', 0] }],
    sampler: samplerWith({
      seed: '@seed',
      steps,
      cfg,
      model: [loras.length === 0 ? 'model' : `lora${loras.length - 1}`, 0],
      positive: [guidance === undefined ? 'positive' : 'guided', 0],
    }),
  } as const;
  return withSeed(apiGraph(nodes), seed);
}

function drawn({ prompt, seed, steps, cfg, loras, guidance }: Settings): string {
  const lora = (index: number): CanvasNode => ({
    id: 100 + index,
    type: 'LoraLoaderModelOnly',
    widgets: [loras[index]?.name, loras[index]?.weight],
    inputs: [['model', 'MODEL']],
    outputs: ['MODEL'],
  });
  const modelWires = loras.map((_lora, index): Wire => [
    index === 0 ? 1 : 99 + index,
    0,
    100 + index,
    'model',
  ]);
  const guided: CanvasNode = {
    id: 50,
    type: 'FluxGuidance',
    mode: guidance === undefined ? 4 : 0,
    widgets: [guidance ?? 3.5],
    inputs: [['conditioning', 'CONDITIONING']],
    outputs: ['CONDITIONING'],
  };
  const changed = {
    ...plainCanvas,
    positive: { ...plainCanvas.positive, widgets: [prompt] },
    sampler: { ...plainCanvas.sampler, widgets: ['@seed', 'randomize', steps, cfg, 'euler', 'normal', 1] },
  };
  const wires = rewired(
    [
      [5, 'model'],
      [5, 'positive'],
    ],
    [
      ...modelWires,
      [loras.length === 0 ? 1 : 99 + loras.length, 0, 5, 'model'],
      [2, 0, 50, 'conditioning'],
      [50, 0, 5, 'positive'],
    ],
  );
  const nodes = [...Object.values(changed), ...loras.map((_lora, index) => lora(index)), guided];
  return withSeed(drawWorkflow({ nodes, wires }), seed);
}

const settings = fc.record({
  prompt: fc.string({ unit: 'grapheme' }),
  seed: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  steps: fc.integer({ min: 1, max: 150 }),
  cfg: fc.double({ min: 0.1, max: 30, noNaN: true }),
  loras: fc.uniqueArray(
    fc.record({
      name: fc.stringMatching(/^[a-z]{1,8}\.safetensors$/),
      weight: fc.constantFrom(-0.5, 0.25, 1, 1.5),
    }),
    { selector: ({ name }) => name, maxLength: 5 },
  ),
  guidance: fc.option(fc.double({ min: 0.1, max: 10, noNaN: true }), { nil: undefined }),
});

describe('the executed graph and the workflow that was queued', () => {
  it('give the same description, which is what was set', () => {
    fc.assert(
      fc.property(settings, (set) => {
        const api = describeChunks({ prompt: executed(set) });
        expect(describeChunks({ workflow: drawn(set) })).toEqual(api);
        const { prompt, seed, steps, cfgScale, guidance, loras = [] } = api.generation;
        expect({ prompt, seed, steps, cfgScale, guidance, loras }).toEqual({
          prompt: set.prompt.trim(),
          seed: String(set.seed),
          steps: set.steps,
          cfgScale: set.cfg,
          guidance: set.guidance,
          loras: set.loras,
        });
      }),
      { numRuns: 100 },
    );
  });
});
