import { describe, expect, it } from 'vitest';
import { describeChunks } from '../../../../test/helpers/comfyui-graphs.ts';
import {
  drawWorkflow,
  plainCanvas,
  plainWires,
  rewired,
  type CanvasNode,
} from '../../../../test/helpers/comfyui-workflows.ts';

const image = [['images', 'IMAGE']] as const;

describe('packs on a canvas, without the executed graph', () => {
  it('Efficiency Nodes 2, with its loader and sampler', () => {
    const workflow = drawWorkflow({
      nodes: [
        {
          id: 1,
          type: 'Efficient Loader',
          widgets: [
            'dreamshaper.safetensors',
            'kl-f8.ckpt',
            -2,
            'None',
            1,
            1,
            'a stork',
            'crowd',
            'none',
            'A1111',
            640,
            832,
            1,
          ],
          inputs: [
            ['lora_stack', 'LORA_STACK'],
            ['cnet_stack', 'CONTROL_NET_STACK'],
          ],
          outputs: ['MODEL', 'CONDITIONING+', 'CONDITIONING-', 'LATENT', 'VAE', 'CLIP', 'DEPENDENCIES'],
        },
        {
          id: 2,
          type: 'LoRA Stacker',
          widgets: ['advanced', 1, 'ink.safetensors', 1, 0.7, 0.5, 'None', 1, 1, 1],
          inputs: [['lora_stack', 'LORA_STACK']],
          outputs: ['LORA_STACK'],
        },
        {
          id: 3,
          type: 'KSampler (Efficient)',
          widgets: [991, 'randomize', 18, 5.5, 'dpmpp_2m', 'karras', 1, 'auto', 'true'],
          inputs: [
            ['model', 'MODEL'],
            ['positive', 'CONDITIONING'],
            ['negative', 'CONDITIONING'],
            ['latent_image', 'LATENT'],
            ['optional_vae', 'VAE'],
          ],
          outputs: ['MODEL', 'CONDITIONING+', 'CONDITIONING-', 'LATENT', 'VAE', 'IMAGE'],
        },
        { id: 4, type: 'SaveImage', widgets: ['eff'], inputs: image },
      ],
      wires: [
        [2, 0, 1, 'lora_stack'],
        [1, 0, 3, 'model'],
        [1, 1, 3, 'positive'],
        [1, 2, 3, 'negative'],
        [1, 3, 3, 'latent_image'],
        [1, 4, 3, 'optional_vae'],
        [3, 5, 4, 'images'],
      ],
    });
    expect(describeChunks({ workflow }).generation).toEqual({
      prompt: 'a stork',
      negativePrompt: 'crowd',
      seed: '991',
      steps: 18,
      cfgScale: 5.5,
      sampler: 'dpmpp_2m',
      scheduler: 'karras',
      denoise: 1,
      clipSkip: 2,
      width: 640,
      height: 832,
      model: { name: 'dreamshaper.safetensors' },
      vae: 'kl-f8.ckpt',
      loras: [{ name: 'ink.safetensors', weight: 0.7, textEncoderWeight: 0.5 }],
    });
  });

  it('Efficiency Nodes 1, whose lists are shorter here and longer there', () => {
    const workflow = drawWorkflow({
      nodes: [
        {
          id: 1,
          type: 'Efficient Loader',
          widgets: ['sd15.ckpt', 'Baked VAE', -1, 'None', 1, 1, 'old', 'bad', 512, 768, 1],
          outputs: ['MODEL', 'CONDITIONING+', 'CONDITIONING-', 'LATENT', 'VAE'],
        },
        {
          id: 3,
          type: 'KSampler (Efficient)',
          widgets: ['Sample', 12, 'fixed', 20, 7, 'euler', 'normal', 1, 'enabled'],
          inputs: [
            ['model', 'MODEL'],
            ['positive', 'CONDITIONING'],
            ['negative', 'CONDITIONING'],
            ['latent_image', 'LATENT'],
          ],
          outputs: ['MODEL', 'CONDITIONING+', 'CONDITIONING-', 'LATENT', 'VAE', 'IMAGE'],
        },
        { id: 4, type: 'PreviewImage', inputs: image },
      ],
      wires: [
        [1, 0, 3, 'model'],
        [1, 1, 3, 'positive'],
        [1, 2, 3, 'negative'],
        [1, 3, 3, 'latent_image'],
        [3, 5, 4, 'images'],
      ],
    });
    expect(describeChunks({ workflow }).generation).toMatchObject({
      prompt: 'old',
      negativePrompt: 'bad',
      seed: '12',
      steps: 20,
      width: 512,
      height: 768,
    });
  });

  it('Impact Pack, with a face detailer behind the sampler', () => {
    const face: CanvasNode = {
      id: 20,
      type: 'FaceDetailer',
      widgets: [512, true, 1024, 456, 'fixed', 14, 6, 'euler_ancestral', 'normal', 0.45, 5, true, true],
      inputs: [
        ['image', 'IMAGE'],
        ['model', 'MODEL'],
        ['clip', 'CLIP'],
        ['vae', 'VAE'],
        ['positive', 'CONDITIONING'],
        ['negative', 'CONDITIONING'],
      ],
      outputs: [
        ['image', 'IMAGE'],
        ['cropped_refined', 'IMAGE'],
        ['mask', 'MASK'],
      ],
    };
    const wildcard: CanvasNode = {
      id: 21,
      type: 'ImpactWildcardEncode',
      widgets: [
        '__bird__ <lora:feather:0.5>',
        'a stork <lora:feather:0.5>',
        'populate',
        'x',
        'y',
        7,
        'fixed',
      ],
      inputs: [
        ['model', 'MODEL'],
        ['clip', 'CLIP'],
      ],
      outputs: ['MODEL', 'CLIP', 'CONDITIONING', ['populated_text', 'STRING']],
    };
    const workflow = drawWorkflow({
      nodes: [...Object.values(plainCanvas), face, wildcard],
      wires: rewired(
        [
          [5, 'model'],
          [5, 'positive'],
          [7, 'images'],
        ],
        [
          [1, 0, 21, 'model'],
          [1, 1, 21, 'clip'],
          [21, 0, 5, 'model'],
          [21, 2, 5, 'positive'],
          [6, 0, 20, 'image'],
          [1, 0, 20, 'model'],
          [1, 1, 20, 'clip'],
          [1, 2, 20, 'vae'],
          [2, 0, 20, 'positive'],
          [3, 0, 20, 'negative'],
          [20, 0, 7, 'images'],
        ],
      ),
    });
    const { generation } = describeChunks({ workflow });
    expect(generation).toMatchObject({
      prompt: 'a stork <lora:feather:0.5>',
      loras: [{ name: 'feather', weight: 0.5 }],
    });
    expect(generation.stages?.[1]).toMatchObject({
      role: 'detailer',
      prompt: 'a fox',
      seed: '456',
      steps: 14,
      cfgScale: 6,
      sampler: 'euler_ancestral',
      denoise: 0.45,
    });
  });

  it('rgthree, whose LoRA list has a header and a button in it', () => {
    const power: CanvasNode = {
      id: 20,
      type: 'Power Lora Loader (rgthree)',
      widgets: [
        {},
        { type: 'PowerLoraLoaderHeaderWidget' },
        { on: true, lora: 'one.safetensors', strength: 0.6, strengthTwo: null },
        { on: false, lora: 'two.safetensors', strength: 1, strengthTwo: null },
        {},
        '',
      ],
      inputs: [
        ['model', 'MODEL'],
        ['clip', 'CLIP'],
      ],
      outputs: ['MODEL', 'CLIP'],
    };
    const workflow = drawWorkflow({
      nodes: [...Object.values(plainCanvas), power],
      wires: rewired(
        [[5, 'model']],
        [
          [1, 0, 20, 'model'],
          [1, 1, 20, 'clip'],
          [20, 0, 5, 'model'],
        ],
      ),
    });
    const { generation } = describeChunks({ workflow });
    expect(generation.loras).toEqual([{ name: 'one.safetensors', weight: 0.6 }]);
    expect(generation.parameters?.['Inactive LoRAs']).toBe('two.safetensors');
  });

  it('Flux Redux and IP-Adapter, which name what they use', () => {
    const nodes: readonly CanvasNode[] = [
      { id: 20, type: 'StyleModelLoader', widgets: ['flux1-redux.safetensors'], outputs: ['STYLE_MODEL'] },
      {
        id: 21,
        type: 'StyleModelApply',
        widgets: [1, 'multiply'],
        inputs: [
          ['conditioning', 'CONDITIONING'],
          ['style_model', 'STYLE_MODEL'],
        ],
        outputs: ['CONDITIONING'],
      },
      {
        id: 22,
        type: 'IPAdapterModelLoader',
        widgets: ['ip-adapter-plus.safetensors'],
        outputs: ['IPADAPTER'],
      },
      {
        id: 23,
        type: 'IPAdapterAdvanced',
        widgets: [0.8, 'linear', 'concat', 0, 1, 'V only'],
        inputs: [
          ['model', 'MODEL'],
          ['ipadapter', 'IPADAPTER'],
        ],
        outputs: ['MODEL'],
      },
    ];
    const workflow = drawWorkflow({
      nodes: [...Object.values(plainCanvas), ...nodes],
      wires: rewired(
        [
          [5, 'model'],
          [5, 'positive'],
        ],
        [
          [2, 0, 21, 'conditioning'],
          [20, 0, 21, 'style_model'],
          [21, 0, 5, 'positive'],
          [1, 0, 23, 'model'],
          [22, 0, 23, 'ipadapter'],
          [23, 0, 5, 'model'],
        ],
      ),
    });
    const { generation } = describeChunks({ workflow });
    expect([generation.prompt, generation.model?.name]).toEqual(['a fox', 'base.safetensors']);
    expect(generation.parameters).toMatchObject({
      'Style model': 'flux1-redux.safetensors',
      'IP-Adapter': 'ip-adapter-plus.safetensors',
      'IP-Adapter weight': '0.8',
    });
  });

  it('Impact, with a provider of the settings for an iterative upscale', () => {
    const workflow = drawWorkflow({
      nodes: [
        ...Object.values(plainCanvas),
        {
          id: 8,
          type: 'ToBasicPipe',
          inputs: [
            ['model', 'MODEL'],
            ['clip', 'CLIP'],
            ['vae', 'VAE'],
            ['positive', 'CONDITIONING'],
            ['negative', 'CONDITIONING'],
          ],
          outputs: ['BASIC_PIPE'],
        },
        {
          id: 9,
          type: 'KSamplerProvider',
          widgets: [44, 'fixed', 6, 5, 'heun', 'karras', 0.35],
          inputs: [['basic_pipe', 'BASIC_PIPE']],
          outputs: ['KSAMPLER'],
        },
        {
          id: 10,
          type: 'IterativeLatentUpscale',
          widgets: [1.5, 3, '', 'simple'],
          inputs: [
            ['samples', 'LATENT'],
            ['upscaler', 'UPSCALER'],
          ],
          outputs: ['LATENT', 'VAE'],
        },
      ],
      wires: rewired(
        [[6, 'samples']],
        [
          [1, 0, 8, 'model'],
          [1, 1, 8, 'clip'],
          [1, 2, 8, 'vae'],
          [2, 0, 8, 'positive'],
          [3, 0, 8, 'negative'],
          [8, 0, 9, 'basic_pipe'],
          [5, 0, 10, 'samples'],
          [9, 0, 10, 'upscaler'],
          [10, 0, 6, 'samples'],
        ],
      ),
    });
    expect(describeChunks({ workflow }).generation.stages?.[1]).toMatchObject({
      role: 'hires',
      prompt: 'a fox',
      seed: '44',
      steps: 6,
      cfgScale: 5,
      sampler: 'heun',
      scheduler: 'karras',
      denoise: 0.35,
    });
  });
});

it('two outputs of ComfyUI itself are told apart by the name of the file', () => {
  const workflow = drawWorkflow({
    nodes: [
      ...Object.values(plainCanvas),
      { ...plainCanvas.sampler, id: 15, widgets: [2, 'randomize', 20, 7, 'euler', 'normal', 1] },
      { ...plainCanvas.decode, id: 16 },
      { ...plainCanvas.save, id: 17, widgets: ['night/owl%date%'] },
    ],
    wires: [
      ...plainWires,
      [1, 0, 15, 'model'],
      [2, 0, 15, 'positive'],
      [3, 0, 15, 'negative'],
      [4, 0, 15, 'latent_image'],
      [15, 0, 16, 'samples'],
      [1, 2, 16, 'vae'],
      [16, 0, 17, 'images'],
    ],
  });
  const seeds = (fileName: string) =>
    describeChunks({ workflow }, { fileName }).generations.map(({ seed }) => seed);
  expect(seeds('ComfyUI_00001_.png')).toEqual(['1']);
  expect(seeds('owl2026_00001_.png')).toEqual(['2']);
  expect(seeds('renamed.png')).toEqual(['1', '2']);
});
