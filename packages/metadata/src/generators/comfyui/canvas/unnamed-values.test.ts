import { describe, expect, it } from 'vitest';
import { describeChunks, type DescribedGraph } from '../../../../test/helpers/comfyui-graphs.ts';
import {
  drawWorkflow,
  plainCanvas,
  plainWires,
  rewired,
  type CanvasNode,
  type Wire,
} from '../../../../test/helpers/comfyui-workflows.ts';

type Changes = Readonly<Partial<Record<keyof typeof plainCanvas, Partial<CanvasNode>>>>;

function canvas(
  changes: Changes,
  more: readonly CanvasNode[] = [],
  wires: readonly Wire[] = plainWires,
  extra: Readonly<Record<string, unknown>> = {},
): DescribedGraph {
  const plain = Object.entries(plainCanvas).map(([name, node]): CanvasNode => ({
    ...node,
    ...changes[name as keyof typeof plainCanvas],
  }));
  return describeChunks({ workflow: drawWorkflow({ nodes: [...plain, ...more], wires }, extra) });
}

function sheet(nodes: readonly CanvasNode[], wires: readonly Wire[]): DescribedGraph {
  return describeChunks({ workflow: drawWorkflow({ nodes, wires }) });
}

const everything = {
  prompt: 'a fox',
  negativePrompt: 'blurry',
  model: { name: 'base.safetensors' },
  width: 512,
  height: 768,
};

describe('a sampler that nobody described', () => {
  it('has its settings around the names of sampler and scheduler', () => {
    const widgets = [11, 'fixed', 21, 6.5, 'euler', 'karras', 0.9, 'GPU', 'incremental', 0];
    expect(canvas({ sampler: { type: 'Pack KSampler', widgets } }).generation).toMatchObject({
      ...everything,
      seed: '11',
      steps: 21,
      cfgScale: 6.5,
      sampler: 'euler',
      scheduler: 'karras',
      denoise: 0.9,
    });
  });

  it('has at least what its wires bring', () => {
    const { generation } = canvas({ sampler: { type: 'Pack KSampler', widgets: [3, 'a', 4, 'b'] } });
    expect(generation).toMatchObject(everything);
    expect([generation.seed, generation.steps, generation.sampler]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['a schedule of numbers that are no steps', [11, 'fixed', 0.4, 6.5, 'euler', 'karras', 1]],
    ['a scheduler of its own', [11, 'fixed', 21, 6.5, 'euler', 'of its own', 1]],
  ])('does not guess at %s', (_what, widgets) => {
    const { generation, warnings } = canvas({ sampler: { type: 'Pack KSampler', widgets } });
    expect([generation.steps, generation.sampler]).toEqual([undefined, undefined]);
    expect(warnings.map(({ code }) => code)).toEqual(['unresolved']);
  });

  it('takes no number without a control for the seed', () => {
    const { generation } = canvas({
      sampler: { type: 'Pack KSampler', widgets: [512, 21, 6.5, 'euler', 'karras', 1] },
    });
    expect([generation.seed, generation.steps]).toEqual([undefined, 21]);
  });
});

describe('a loader that nobody described', () => {
  const model = (widgets: readonly unknown[]) =>
    canvas({ loader: { type: 'Pack Loader', widgets } }).generation.model;

  it('names the one model file that stands in it', () => {
    expect(model(['fp8', 'some.safetensors', 2])).toEqual({ name: 'some.safetensors' });
    expect(model(['some.safetensors', 'sdxl_vae.safetensors'])).toEqual({ name: 'some.safetensors' });
  });

  it('names none where two could be it', () => {
    expect(model(['one.safetensors', 'two.safetensors'])).toBeUndefined();
  });
});

describe('parts of a custom sampler that nobody described', () => {
  it('hold a sampler, a schedule, a seed and a CFG scale', () => {
    const part = (id: number, type: string, widgets: readonly unknown[], output: string): CanvasNode => ({
      id,
      type,
      widgets,
      outputs: [output],
    });
    const guider: CanvasNode = {
      ...part(14, 'PackGuider', [4.5], 'GUIDER'),
      inputs: [
        ['model', 'MODEL'],
        ['positive', 'CONDITIONING'],
        ['negative', 'CONDITIONING'],
      ],
    };
    const sampler: Partial<CanvasNode> = {
      type: 'SamplerCustomAdvanced',
      widgets: [],
      inputs: [
        ['noise', 'NOISE'],
        ['guider', 'GUIDER'],
        ['sampler', 'SAMPLER'],
        ['sigmas', 'SIGMAS'],
        ['latent_image', 'LATENT'],
      ],
    };
    const more = [
      part(11, 'PackNoise', [77, 'fixed'], 'NOISE'),
      part(12, 'PackSelect', ['heun', 1], 'SAMPLER'),
      part(13, 'PackSchedule', ['beta', 17, 0.7], 'SIGMAS'),
      guider,
    ];
    const wires = rewired(
      [
        [5, 'model'],
        [5, 'positive'],
        [5, 'negative'],
      ],
      [
        [1, 0, 14, 'model'],
        [2, 0, 14, 'positive'],
        [3, 0, 14, 'negative'],
        [11, 0, 5, 'noise'],
        [14, 0, 5, 'guider'],
        [12, 0, 5, 'sampler'],
        [13, 0, 5, 'sigmas'],
      ],
    );
    expect(canvas({ sampler }, more, wires).generation).toMatchObject({
      ...everything,
      seed: '77',
      cfgScale: 4.5,
      sampler: 'heun',
      scheduler: 'beta',
      steps: 17,
      denoise: 0.7,
    });
  });
});

describe('a LoRA loader that nobody described', () => {
  it('has the file and the number behind it', () => {
    const lora: CanvasNode = {
      id: 9,
      type: 'PackLoraLoader',
      widgets: ['ink.safetensors', 0.7],
      inputs: [['model', 'MODEL']],
      outputs: ['MODEL'],
    };
    const wires = rewired(
      [[5, 'model']],
      [
        [1, 0, 9, 'model'],
        [9, 0, 5, 'model'],
      ],
    );
    const { loras, model } = canvas({}, [lora], wires).generation;
    expect([loras, model?.name]).toEqual([[{ name: 'ink.safetensors', weight: 0.7 }], 'base.safetensors']);
  });
});

describe('a text encoder that nobody described', () => {
  const prompt = (widgets: readonly unknown[], inputs: CanvasNode['inputs'] = [['clip', 'CLIP']]) =>
    canvas({ positive: { type: 'Pack Encode', widgets, inputs } }).generation.prompt;

  it('holds the one text that stands in it', () => {
    expect(prompt(['a hare', 3, true])).toBe('a hare');
    expect(prompt(['a hare in the snow', 'comfy', 'none'])).toBe('a hare in the snow');
  });

  it('holds none where two could be it', () => {
    expect(prompt(['a hare in the snow', 'an owl on a branch'])).toBeUndefined();
  });

  it('holds the text that the file names, though it stores more values than names', () => {
    const inputs = [
      ['clip', 'CLIP'],
      ['prompt', 'STRING', 'widget'],
    ] as const;
    expect(prompt(['a hare', ''], inputs)).toBe('a hare');
    expect(prompt(['a hare', '', null], inputs)).toBe('a hare');
  });

  it('gives both texts where both leave it', () => {
    const both: CanvasNode = {
      id: 2,
      type: 'Pack Encode Both',
      widgets: ['a hare', 'noise'],
      inputs: [['clip', 'CLIP']],
      outputs: ['CONDITIONING', 'CONDITIONING'],
    };
    const wires = rewired([[5, 'negative']], [[2, 1, 5, 'negative']]);
    expect(canvas({ positive: both }, [], wires).generation).toMatchObject({
      prompt: 'a hare',
      negativePrompt: 'noise',
    });
  });
});

describe('the control behind a seed', () => {
  it('may be null', () => {
    const widgets = [11, null, 21, 6.5, 'euler', 'karras', 1, 'auto', 'true'];
    const { generation } = canvas({ sampler: { type: 'KSampler (Efficient)', widgets } });
    expect(generation).toMatchObject({ seed: '11', steps: 21, cfgScale: 6.5, sampler: 'euler' });
  });

  it('leaves no seed where the number asks for any', () => {
    const widgets = [-1, null, 21, 6.5, 'euler', 'karras', 1, 'auto', 'true'];
    const { generation } = canvas({ sampler: { type: 'KSampler (Efficient)', widgets } });
    expect(generation.steps).toBe(21);
    expect('seed' in generation).toBe(false);
  });

  it('never lets a value slip into the place of another', () => {
    const { generation } = canvas({ sampler: { widgets: [11, 'fixed', 'euler', 21, 6.5, 'karras', 1] } });
    expect([generation.seed, generation.steps, generation.sampler, generation.scheduler]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('a node that sends a prompt to a service', () => {
  const save = { id: 2, type: 'SaveImage', widgets: ['kite'], inputs: [['images', 'IMAGE']] } as const;

  it('has the one long text for its prompt, and the number before the control for its seed', () => {
    const ask: CanvasNode = {
      id: 1,
      type: 'NewServiceNode',
      widgets: ['a red kite over a field', false, 11, 'randomize', '16:9'],
      outputs: ['IMAGE'],
    };
    const { generation } = sheet([ask, save], [[1, 0, 2, 'images']]);
    expect(generation).toEqual({
      prompt: 'a red kite over a field',
      seed: '11',
      parameters: { 'Aspect ratio': '16:9' },
    });
  });

  const asked = (values: readonly unknown[], inputs: CanvasNode['inputs'] = []) => {
    const ask: CanvasNode = { id: 1, type: 'NewServiceNode', widgets: values, inputs, outputs: ['IMAGE'] };
    return sheet([ask, save], [[1, 0, 2, 'images']]).generation;
  };

  it('names its model by the family that it is of', () => {
    const request = asked(['kling-v9-master', 'a red kite over a field', '16:9', '5s']);
    expect(request).toMatchObject({ prompt: 'a red kite over a field', model: { name: 'kling-v9-master' } });
    expect(asked(['a red kite over a field', 'Nano Banana 9 (fast)', 3, 'fixed']).model).toEqual({
      name: 'Nano Banana 9 (fast)',
    });
    expect(asked(['veo-9', 'kling-v9', 'a red kite over a field', 3, 'fixed']).model).toBeUndefined();
  });

  it('has no text for its prompt that may be another', () => {
    expect(asked(['', 'you are a careful painter', 3, 'fixed']).prompt).toBeUndefined();
    const wired = [['prompt_text', 'STRING', 'widget']] as const;
    const words: CanvasNode = { id: 3, type: 'Unknown Words', widgets: [1, 2], outputs: ['STRING'] };
    const ask: CanvasNode = {
      id: 1,
      type: 'NewServiceNode',
      widgets: ['', 'you are a careful painter', 3, 'fixed'],
      inputs: wired,
      outputs: ['IMAGE'],
    };
    const { generation } = sheet(
      [ask, save, words],
      [
        [1, 0, 2, 'images'],
        [3, 0, 1, 'prompt_text'],
      ],
    );
    expect(generation.prompt).toBeUndefined();
  });

  it('has the values of a class of 2025 in the order of that class', () => {
    const ask: CanvasNode = {
      id: 1,
      type: 'KlingImage2VideoNode',
      widgets: ['a kite', 'two kites and more', 'kling-v2-master', 0.5, 'std', '16:9', '5'],
      inputs: [['start_frame', 'IMAGE']],
      outputs: ['VIDEO', 'STRING'],
    };
    const video = { id: 2, type: 'SaveVideo', widgets: ['kite'], inputs: [['video', 'VIDEO']] } as const;
    const { generation } = sheet([ask, video], [[1, 0, 2, 'video']]);
    expect(generation).toEqual({
      prompt: 'a kite',
      negativePrompt: 'two kites and more',
      cfgScale: 0.5,
      model: { name: 'kling-v2-master' },
      parameters: { 'Aspect ratio': '16:9' },
    });
  });

  it('is not a node that changes a picture, whatever words stand in it', () => {
    const scale: CanvasNode = {
      id: 1,
      type: 'ResizeAnything',
      widgets: ['scale longer dimension', 1536, 'lanczos'],
      outputs: ['IMAGE'],
    };
    expect(sheet([scale, save], [[1, 0, 2, 'images']]).generations).toEqual([{}]);
  });
});

describe('the widgets of a group node', () => {
  it('that became inputs stand at the end, each with its control', () => {
    const inner = [
      { type: 'EmptyLatentImage', inputs: [], outputs: [{ name: 'LATENT' }], widgets_values: [512, 512, 1] },
      {
        type: 'KSampler',
        inputs: [
          ...['model', 'positive', 'negative', 'latent_image'].map((name) => ({ name })),
          { name: 'seed', widget: { name: 'seed' } },
        ],
        outputs: [{ name: 'LATENT' }],
        widgets_values: [0, 'fixed', 20, 8, 'euler', 'normal', 1],
      },
    ];
    const group: Partial<CanvasNode> = {
      type: 'workflow/RUN',
      widgets: [640, 448, 1, 21, 6.5, 'dpmpp_2m', 'karras', 0.8, 11, 'fixed'],
      inputs: [
        ['model', 'MODEL'],
        ['positive', 'CONDITIONING'],
        ['negative', 'CONDITIONING'],
        ['seed', 'INT', 'widget'],
      ],
    };
    const wires = rewired([[5, 'latent_image']], []);
    const extra = { extra: { groupNodes: { RUN: { nodes: inner, links: [[0, 0, 1, 3, 0, 'LATENT']] } } } };
    expect(canvas({ sampler: group }, [], wires, extra).generation).toMatchObject({
      seed: '11',
      steps: 21,
      cfgScale: 6.5,
      sampler: 'dpmpp_2m',
      scheduler: 'karras',
      denoise: 0.8,
      width: 640,
      height: 448,
    });
  });
});

describe('a broadcast of Use Everywhere', () => {
  it('has the type of what it is wired to, where its own input takes any', () => {
    const sender: CanvasNode = { id: 9, type: 'Anything Everywhere', inputs: [['MODEL', '*']] };
    const wires = rewired([[5, 'model']], [[1, 0, 9, 'MODEL']]);
    expect(canvas({}, [sender], wires).generation.model?.name).toBe('base.safetensors');
  });
});
