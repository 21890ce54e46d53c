import { describe, expect, it } from 'vitest';
import {
  apiGraph,
  describeChunks,
  plainNodes,
  type DescribedGraph,
} from '../../../../test/helpers/comfyui-graphs.ts';
import {
  drawSubgraph,
  drawWorkflow,
  plainCanvas,
  plainWires,
  rewired,
  type CanvasNode,
  type Wire,
} from '../../../../test/helpers/comfyui-workflows.ts';

type Changes = Readonly<Partial<Record<keyof typeof plainCanvas, Partial<CanvasNode>>>>;

function canvas(
  changes: Changes = {},
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

describe('a workflow without the executed graph', () => {
  it('says the same as the executed graph would', () => {
    const executed = describeChunks({ prompt: apiGraph(plainNodes) }).generation;
    const { generation, warnings } = canvas();
    expect([generation, warnings]).toEqual([executed, []]);
  });

  it('steps over the control that stands behind a seed', () => {
    const { generation } = canvas({
      sampler: {
        type: 'KSamplerAdvanced',
        widgets: [
          'enable',
          721897303308196,
          'fixed',
          25,
          8,
          'euler_ancestral',
          'karras',
          0,
          10_000,
          'disable',
        ],
      },
    });
    expect(generation).toMatchObject({
      seed: '721897303308196',
      steps: 25,
      cfgScale: 8,
      sampler: 'euler_ancestral',
      scheduler: 'karras',
    });
  });

  it('steps over the checkbox that stood there in early 2023, and reads files without either', () => {
    const widgets = [5, true, 30, 6, 'euler', 'normal', 1];
    expect(canvas({ sampler: { widgets } }).generation).toMatchObject({ seed: '5', steps: 30 });
    const bare = [5, 30, 6, 'euler', 'normal', 1];
    expect(canvas({ sampler: { widgets: bare } }).generation).toMatchObject({ seed: '5', steps: 30 });
  });

  it('prefers the names in the file to those that are known, where they account for all values', () => {
    const inputs = [
      ['samples', 'LATENT'],
      ['vae', 'VAE'],
    ] as const;
    const { generation } = canvas({
      latent: {
        widgets: [1, 640, 960],
        inputs: [
          ['batch_size', 'INT', 'widget'],
          ['width', 'INT', 'widget'],
          ['height', 'INT', 'widget'],
        ],
      },
      decode: { inputs },
    });
    expect([generation.width, generation.height]).toEqual([640, 960]);
  });

  it('reads widget values that are stored by name', () => {
    const video: CanvasNode = {
      id: 7,
      type: 'VHS_VideoCombine',
      widgets: {
        frame_rate: 12,
        filename_prefix: 'clip',
        format: 'video/h264-mp4',
        videopreview: { params: {} },
      },
      inputs: [['images', 'IMAGE']],
    };
    expect(canvas({ save: video }).generation.parameters).toMatchObject({ FPS: '12' });
  });

  it('lets a wire beat the value that was typed in before', () => {
    const text: CanvasNode = {
      id: 8,
      type: 'PrimitiveString',
      widgets: ['typed elsewhere'],
      outputs: ['STRING'],
    };
    const inputs = [
      ['clip', 'CLIP'],
      ['text', 'STRING', 'widget'],
    ] as const;
    const wires = rewired([], [[8, 0, 2, 'text']]);
    expect(canvas({ positive: { inputs } }, [text], wires).generation.prompt).toBe('typed elsewhere');
    const muted = canvas({ positive: { inputs } }, [{ ...text, mode: 2 }], wires).generation;
    expect('prompt' in muted).toBe(false);
  });

  it('resolves primitives, reroutes and named wires', () => {
    const { generation } = canvas(
      {
        sampler: { inputs: [...plainCanvas.sampler.inputs, ['steps', 'INT', 'widget']] },
      },
      [
        { id: 10, type: 'PrimitiveNode', widgets: [44, 'fixed'], outputs: ['INT'] },
        { id: 11, type: 'Reroute', inputs: [['', '*']], outputs: ['*'] },
        { id: 12, type: 'SetNode', widgets: ['the model'], inputs: [['MODEL', 'MODEL']], outputs: ['*'] },
        { id: 13, type: 'GetNode', widgets: ['the model'], outputs: ['MODEL'] },
        { id: 14, type: 'Note', widgets: ['not a prompt'] },
      ],
      rewired(
        [
          [5, 'model'],
          [5, 'positive'],
        ],
        [
          [1, 0, 12, 'MODEL'],
          [13, 0, 5, 'model'],
          [2, 0, 11, ''],
          [11, 0, 5, 'positive'],
          [10, 0, 5, 'steps'],
        ],
      ),
    );
    expect(generation).toMatchObject({ prompt: 'a fox', steps: 44, model: { name: 'base.safetensors' } });
  });

  it('drops muted nodes and splices bypassed ones by type', () => {
    const lora = (id: number, mode: number): CanvasNode => ({
      id,
      type: 'LoraLoader',
      mode,
      widgets: [`${id}.safetensors`, 1, 1],
      inputs: [
        ['model', 'MODEL'],
        ['clip', 'CLIP'],
      ],
      outputs: ['MODEL', 'CLIP'],
    });
    const { generation } = canvas(
      {},
      [lora(20, 0), lora(21, 4), { ...plainCanvas.save, id: 22, mode: 2 }],
      rewired(
        [
          [5, 'model'],
          [2, 'clip'],
        ],
        [
          [1, 0, 20, 'model'],
          [1, 1, 20, 'clip'],
          [20, 0, 21, 'model'],
          [20, 1, 21, 'clip'],
          [21, 0, 5, 'model'],
          [21, 1, 2, 'clip'],
          [6, 0, 22, 'images'],
        ],
      ),
    );
    expect(generation.loras).toEqual([{ name: '20.safetensors', weight: 1 }]);
    expect(generation.prompt).toBe('a fox');
  });

  it('draws the wires of Use Everywhere, as stored or as its plain nodes say', () => {
    const without = rewired([[5, 'model']], []);
    const stored = canvas({}, [], without, {
      extra: {
        ue_links: [
          {
            downstream: 5,
            downstream_slot: 0,
            upstream: '1',
            upstream_slot: 0,
            controller: 30,
            type: 'MODEL',
          },
        ],
      },
    });
    expect(stored.generation.model?.name).toBe('base.safetensors');
    const broadcast: CanvasNode = { id: 30, type: 'Anything Everywhere', inputs: [['anything', 'MODEL']] };
    const simulated = canvas({}, [broadcast], [...without, [1, 0, 30, 'anything']]);
    expect(simulated.generation.model?.name).toBe('base.safetensors');
    const prompts: CanvasNode = {
      id: 31,
      type: 'Prompts Everywhere',
      inputs: [
        ['+ve', 'CONDITIONING'],
        ['-ve', 'CONDITIONING'],
      ],
    };
    const sides = canvas(
      {},
      [prompts],
      rewired(
        [
          [5, 'positive'],
          [5, 'negative'],
        ],
        [
          [2, 0, 31, '+ve'],
          [3, 0, 31, '-ve'],
        ],
      ),
    );
    expect([sides.generation.prompt, sides.generation.negativePrompt]).toEqual(['a fox', 'blurry']);
  });
});

describe('subgraphs', () => {
  const encoder = drawSubgraph(
    'f0e1',
    {
      nodes: [
        {
          id: 3,
          type: 'CLIPTextEncode',
          widgets: ['default text'],
          inputs: [
            ['clip', 'CLIP'],
            ['text', 'STRING', 'widget'],
          ],
          outputs: ['CONDITIONING'],
        },
      ],
      wires: [
        [-10, 0, 3, 'clip'],
        [-10, 1, 3, 'text'],
        [3, 0, -20, 0],
      ],
    },
    { inputs: ['clip', 'text'], outputs: ['CONDITIONING'] },
  );
  const instance = (widgets: readonly unknown[], properties = {}): Partial<CanvasNode> => ({
    type: 'f0e1',
    widgets,
    properties,
    inputs: [
      ['clip', 'CLIP'],
      ['text', 'STRING', 'widget'],
    ],
  });
  const definitions = { definitions: { subgraphs: [encoder] } };

  it('are opened, each with the values of its own instance', () => {
    const { generation } = canvas(
      { positive: instance(['first instance']), negative: instance(['second instance']) },
      [],
      plainWires,
      definitions,
    );
    expect([generation.prompt, generation.negativePrompt]).toEqual(['first instance', 'second instance']);
  });

  it('take promoted widgets by the list of newer files, also of nodes that no input leads to', () => {
    const unwired = drawSubgraph(
      'b0b0',
      {
        nodes: [
          {
            id: 9,
            type: 'CLIPTextEncode',
            widgets: ['default text'],
            inputs: [['clip', 'CLIP']],
            outputs: ['CONDITIONING'],
          },
        ],
        wires: [
          [-10, 0, 9, 'clip'],
          [9, 0, -20, 0],
        ],
      },
      { inputs: ['clip'], outputs: ['CONDITIONING'] },
    );
    const { generation } = canvas(
      {
        positive: instance(['from the list'], { proxyWidgets: [['-1', 'text']] }),
        negative: {
          type: 'b0b0',
          widgets: ['set from outside'],
          properties: { proxyWidgets: [['9', 'text']] },
          inputs: [['clip', 'CLIP']],
        },
      },
      [],
      plainWires,
      { definitions: { subgraphs: [encoder, unwired] } },
    );
    expect([generation.prompt, generation.negativePrompt]).toEqual(['from the list', 'set from outside']);
  });

  it('keep the value inside where the instance neither wires nor stores another', () => {
    const bare = { type: 'f0e1', widgets: [], properties: { proxyWidgets: [['-1', 'text']] } };
    const { generation } = canvas(
      { positive: { ...bare, inputs: [['clip', 'CLIP']] } },
      [],
      plainWires,
      definitions,
    );
    expect(generation.prompt).toBe('default text');
  });

  it('find their slots by name, whatever slots the instance shows', () => {
    const swapped: Partial<CanvasNode> = {
      ...instance(['by name'], { proxyWidgets: [['-1', 'text']] }),
      inputs: [
        ['extra', 'STRING'],
        ['clip', 'CLIP'],
      ],
    };
    const other: CanvasNode = {
      id: 41,
      type: 'PrimitiveString',
      widgets: ['a neighbour'],
      outputs: ['STRING'],
    };
    const { generation } = canvas(
      { positive: swapped },
      [other],
      rewired([], [[41, 0, 2, 'extra']]),
      definitions,
    );
    expect(generation.prompt).toBe('by name');
  });

  it('take what is wired to the instance', () => {
    const { generation } = canvas(
      { positive: instance(['stale']) },
      [{ id: 40, type: 'PrimitiveString', widgets: ['wired in'], outputs: ['STRING'] }],
      rewired([], [[40, 0, 2, 'text']]),
      definitions,
    );
    expect(generation.prompt).toBe('wired in');
  });

  it('may lie in each other, and name their nodes by the way to them', () => {
    const outer = drawSubgraph(
      'aaaa',
      {
        nodes: [
          {
            id: 8,
            type: 'f0e1',
            widgets: ['deep text'],
            inputs: instance([]).inputs ?? [],
            outputs: ['CONDITIONING'],
          },
        ],
        wires: [
          [-10, 0, 8, 'clip'],
          [8, 0, -20, 0],
        ],
      },
      { inputs: ['clip'], outputs: ['CONDITIONING'] },
    );
    const both: CanvasNode = {
      id: 50,
      type: 'ConditioningCombine',
      inputs: [
        ['conditioning_1', 'CONDITIONING'],
        ['conditioning_2', 'CONDITIONING'],
      ],
      outputs: ['CONDITIONING'],
    };
    const { generation } = canvas(
      { positive: { type: 'aaaa', widgets: [], inputs: [['clip', 'CLIP']] } },
      [both],
      rewired(
        [[5, 'positive']],
        [
          [2, 0, 50, 'conditioning_1'],
          [3, 0, 50, 'conditioning_2'],
          [50, 0, 5, 'positive'],
        ],
      ),
      { definitions: { subgraphs: [encoder, outer] } },
    );
    expect(generation.promptSegments?.map(({ text, nodeId }) => [text, nodeId])).toEqual([
      ['deep text', '2:8:3'],
      ['blurry', '3'],
    ]);
  });

  it('are gone with what is in them when muted, and spliced when bypassed', () => {
    const off = canvas({ positive: { ...instance(['x']), mode: 2 } }, [], plainWires, definitions);
    expect('prompt' in off.generation).toBe(false);
    const pass: Partial<CanvasNode> = {
      type: 'f0e1',
      mode: 4,
      inputs: [['clip', 'CONDITIONING']],
      outputs: ['CONDITIONING'],
    };
    const spliced = canvas({ negative: pass }, [], rewired([[3, 'clip']], [[2, 0, 3, 'clip']]), definitions);
    expect(spliced.generation.negativePrompt).toBe('a fox');
  });

  it('that contain themselves end', () => {
    const loop = drawSubgraph(
      'f0e1',
      {
        nodes: [{ id: 3, type: 'f0e1', inputs: [['clip', 'CLIP']], outputs: ['CONDITIONING'] }],
        wires: [[3, 0, -20, 0]],
      },
      { inputs: ['clip'], outputs: ['CONDITIONING'] },
    );
    const { generation } = canvas({ positive: instance([]) }, [], plainWires, {
      definitions: { subgraphs: [loop] },
    });
    expect('prompt' in generation).toBe(false);
    expect(generation.negativePrompt).toBe('blurry');
  });
});

describe('group nodes', () => {
  const group = {
    nodes: [
      {
        type: 'CLIPTextEncode',
        index: 0,
        inputs: [{ name: 'clip', type: 'CLIP' }],
        outputs: [{ name: 'CONDITIONING', type: 'CONDITIONING' }],
        widgets_values: ['default'],
      },
      {
        type: 'KSampler',
        index: 1,
        inputs: [
          { name: 'model', type: 'MODEL' },
          { name: 'positive', type: 'CONDITIONING' },
          { name: 'negative', type: 'CONDITIONING' },
          { name: 'latent_image', type: 'LATENT' },
        ],
        outputs: [{ name: 'LATENT', type: 'LATENT' }],
        widgets_values: [0, 'randomize', 20, 8, 'euler', 'normal', 1],
      },
    ],
    links: [[0, 0, 1, 1, 5, 'CONDITIONING']],
    external: [],
    config: {},
  };
  const instance: Partial<CanvasNode> = {
    type: 'workflow/text and sampler',
    widgets: ['a hare', 77, 'randomize', 15, 5.5, 'dpmpp_2m', 'karras', 1],
    inputs: [
      ['clip', 'CLIP'],
      ['model', 'MODEL'],
      ['negative', 'CONDITIONING'],
      ['latent_image', 'LATENT'],
    ],
  };
  const wires = rewired([[5, 'positive']], [[1, 1, 5, 'clip']]);
  const extra = { extra: { groupNodes: { 'text and sampler': group } } };

  it('are opened, with the widgets of all their nodes in one list', () => {
    const { generation } = canvas({ sampler: instance }, [], wires, extra);
    expect(generation).toMatchObject({
      prompt: 'a hare',
      negativePrompt: 'blurry',
      seed: '77',
      steps: 15,
      cfgScale: 5.5,
      sampler: 'dpmpp_2m',
      scheduler: 'karras',
      width: 512,
      model: { name: 'base.safetensors' },
    });
  });

  it('fall back on their own values when the list is of another version', () => {
    const { generation } = canvas({ sampler: { ...instance, widgets: ['a hare', 77] } }, [], wires, extra);
    expect([generation.prompt, generation.seed, generation.steps]).toEqual(['default', '0', 20]);
  });
});

describe('both graphs together', () => {
  it('take from the canvas what a display node showed in this run', () => {
    const executed = apiGraph({
      ...plainNodes,
      model2: ['OllamaGenerate', { prompt: 'describe a fox' }],
      show: ['ShowText|pysssss', { text: ['model2', 0] }],
      positive: ['CLIPTextEncode', { text: ['show', 0], clip: ['model', 1] }],
    });
    const shown = {
      nodes: [{ id: 'show', type: 'ShowText|pysssss', widgets_values: [['A fox at dawn.']] }],
      links: [],
    };
    const { generation, warnings } = describeChunks({ prompt: executed, workflow: JSON.stringify(shown) });
    expect([generation.prompt, warnings]).toEqual(['A fox at dawn.', []]);
    expect('prompt' in describeChunks({ prompt: executed }).generation).toBe(false);
  });

  it('take what was shown of an output that is wired elsewhere as well', () => {
    const executed = apiGraph({
      ...plainNodes,
      writer: ['OllamaGenerate', { prompt: 'describe a fox' }],
      show: ['ShowText|pysssss', { text: ['writer', 0] }],
      positive: ['CLIPTextEncode', { text: ['writer', 0], clip: ['model', 1] }],
      negative: ['CLIPTextEncode', { text: ['writer', 1], clip: ['model', 1] }],
    });
    const shown = {
      nodes: [{ id: 'show', type: 'ShowText|pysssss', widgets_values: ['A fox at noon.'] }],
      links: [],
    };
    const { generation, warnings } = describeChunks({ prompt: executed, workflow: JSON.stringify(shown) });
    expect([generation.prompt, generation.negativePrompt]).toEqual(['A fox at noon.', undefined]);
    expect(warnings.map(({ code }) => code)).toEqual(['unresolved']);
  });

  it('come from the canvas when what was executed has no sampler', () => {
    const workflow = drawWorkflow({ nodes: Object.values(plainCanvas), wires: plainWires });
    const executed = apiGraph({
      load: ['LoadImage', { image: 'x.png' }],
      save: ['SaveImage', { images: ['load', 0] }],
    });
    expect(describeChunks({ prompt: executed, workflow }).generation.prompt).toBe('a fox');
  });
});
