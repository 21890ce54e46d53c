import { describe, expect, it } from 'vitest';
import {
  describeApi,
  plainNodes,
  samplerWith,
  type ApiNode,
  type ApiNodes,
} from '../../../../test/helpers/comfyui-graphs.ts';

function withModel(nodes: ApiNodes, model: unknown): ApiNodes {
  return { ...plainNodes, ...nodes, sampler: samplerWith({ model }) };
}

describe('the model', () => {
  it('is the one that reaches the sampler, not the first in the file', () => {
    const { generation } = describeApi({
      '0': ['CheckpointLoaderSimple', { ckpt_name: 'other.safetensors' }],
      scaler: ['UpscaleModelLoader', { model_name: '4x.pth' }],
      ...plainNodes,
    });
    expect(generation.model).toEqual({ name: 'base.safetensors' });
  });

  it.each<[string, ApiNode, string]>([
    ['GGUF', ['UnetLoaderGGUF', { unet_name: 'flux-Q4.gguf' }], 'flux-Q4.gguf'],
    ['Nunchaku', ['NunchakuFluxDiTLoader', { model_path: 'svdq-flux.safetensors' }], 'svdq-flux.safetensors'],
    [
      'a loader that nobody described',
      ['TurboCheckpoint', { ckpt_name: 'own.safetensors', precision: 'fp8' }],
      'own.safetensors',
    ],
  ])('comes from %s', (_what, node, name) => {
    expect(describeApi(withModel({ own: node }, ['own', 0])).generation.model).toEqual({ name });
  });

  it('passes through patches, known and unknown', () => {
    const { generation } = describeApi(
      withModel(
        {
          a: ['ModelSamplingSD3', { shift: 3, model: ['model', 0] }],
          b: ['PathchSageAttentionKJ', { sage_attention: 'auto', model: ['a', 0] }],
          c: ['IPAdapterAdvanced', { weight: 0.8, model: ['b', 0], ipadapter: ['x', 0] }],
          d: ['SomeOwnPatch', { model: ['c', 0], amount: 3 }],
        },
        ['d', 0],
      ),
    );
    expect(generation.model).toEqual({ name: 'base.safetensors' });
  });

  it('is the first of a merge, which is listed with its shares', () => {
    const { generation } = describeApi(
      withModel(
        {
          second: ['CheckpointLoaderSimple', { ckpt_name: 'second.safetensors' }],
          merge: ['ModelMergeSimple', { ratio: 0.7, model1: ['model', 0], model2: ['second', 0] }],
        },
        ['merge', 0],
      ),
    );
    expect(generation.model).toEqual({ name: 'base.safetensors' });
    expect(generation.mergedModels).toEqual([
      { name: 'base.safetensors', share: 0.7 },
      { name: 'second.safetensors' },
    ]);
  });

  it('is said to be unknown where its loader does not name it', () => {
    const { generation, warnings } = describeApi(
      withModel({ own: ['MagicModel', { level: 3 }] }, ['own', 0]),
    );
    expect('model' in generation).toBe(false);
    expect(warnings).toEqual([
      { code: 'unresolved', message: 'the model comes from node own (MagicModel), which does not name it' },
    ]);
  });

  it('brings a VAE of its own or is decoded by another', () => {
    const vae = { vae: ['VAELoader', { vae_name: 'ema.safetensors' }] } as const;
    const { generation } = describeApi({
      ...plainNodes,
      ...vae,
      decode: ['VAEDecode', { samples: ['sampler', 0], vae: ['vae', 0] }],
    });
    expect(generation.vae).toBe('ema.safetensors');
    expect(describeApi({ ...plainNodes, ...vae }).generation.vae).toBeUndefined();
  });
});

describe('LoRAs', () => {
  it('count only on the path of the model, in the order of application', () => {
    const lora = (name: string, model: string, strength: number): ApiNode => [
      'LoraLoader',
      { lora_name: name, strength_model: strength, strength_clip: 1, model: [model, 0], clip: [model, 1] },
    ];
    const { generation } = describeApi(
      withModel(
        {
          stray: lora('stray.safetensors', 'model', 1),
          first: lora('first.safetensors', 'model', 0.5),
          second: [
            'LoraLoaderModelOnly',
            { lora_name: 'second.safetensors', strength_model: -0.25, model: ['first', 0] },
          ],
          none: lora('None', 'second', 1),
        },
        ['none', 0],
      ),
    );
    expect(generation.loras).toEqual([
      { name: 'first.safetensors', weight: 0.5, textEncoderWeight: 1 },
      { name: 'second.safetensors', weight: -0.25 },
    ]);
  });

  it('of the power loader are objects, and those switched off are not applied', () => {
    const { generation } = describeApi(
      withModel(
        {
          power: [
            'Power Lora Loader (rgthree)',
            {
              PowerLoraLoaderHeaderWidget: { type: 'PowerLoraLoaderHeaderWidget' },
              lora_1: { on: true, lora: 'on.safetensors', strength: 0.8, strengthTwo: 0.4 },
              lora_2: { on: false, lora: 'off.safetensors', strength: 1 },
              '➕ Add Lora': '',
              model: ['model', 0],
              clip: ['model', 1],
            },
          ],
        },
        ['power', 0],
      ),
    );
    expect(generation.loras).toEqual([{ name: 'on.safetensors', weight: 0.8, textEncoderWeight: 0.4 }]);
    expect(generation.parameters?.['Inactive LoRAs']).toBe('off.safetensors');
  });

  it('come in stacks through a loader', () => {
    const { generation } = describeApi({
      ...plainNodes,
      cr: [
        'CR LoRA Stack',
        {
          switch_1: 'On',
          lora_name_1: 'a',
          model_weight_1: 1,
          clip_weight_1: 1,
          switch_2: 'Off',
          lora_name_2: 'b',
          model_weight_2: 1,
          clip_weight_2: 1,
        },
      ],
      stack: [
        'LoRA Stacker',
        {
          input_mode: 'simple',
          lora_count: 2,
          lora_name_1: 'c',
          lora_wt_1: 0.5,
          lora_name_2: 'd',
          lora_wt_2: 0,
          lora_name_3: 'e',
          lora_wt_3: 1,
          lora_stack: ['cr', 0],
        },
      ],
      loader: [
        'Efficient Loader',
        {
          ckpt_name: 'eff.safetensors',
          vae_name: 'Baked VAE',
          clip_skip: -2,
          lora_name: 'None',
          lora_model_strength: 1,
          lora_clip_strength: 1,
          positive: 'from the loader',
          negative: 'fog',
          empty_latent_width: 640,
          empty_latent_height: 960,
          batch_size: 1,
          lora_stack: ['stack', 0],
        },
      ],
      sampler: [
        'KSampler (Efficient)',
        {
          seed: 9,
          steps: 10,
          cfg: 6,
          sampler_name: 'euler',
          scheduler: 'karras',
          denoise: 1,
          preview_method: 'auto',
          vae_decode: 'true',
          model: ['loader', 0],
          positive: ['loader', 1],
          negative: ['loader', 2],
          latent_image: ['loader', 3],
          optional_vae: ['loader', 4],
        },
      ],
      save: ['SaveImage', { filename_prefix: 'x', images: ['sampler', 5] }],
    });
    expect(generation).toEqual({
      prompt: 'from the loader',
      negativePrompt: 'fog',
      seed: '9',
      steps: 10,
      cfgScale: 6,
      sampler: 'euler',
      scheduler: 'karras',
      denoise: 1,
      clipSkip: 2,
      width: 640,
      height: 960,
      model: { name: 'eff.safetensors' },
      loras: [
        { name: 'a', weight: 1 },
        { name: 'c', weight: 0.5 },
      ],
      parameters: { 'Inactive LoRAs': 'd', 'VAE source': 'checkpoint' },
    });
  });

  it('stand as tags in texts that apply them, and are words in those that do not', () => {
    const text = 'a fox <lora:ink:0.7:0.3>';
    const power = describeApi({
      ...plainNodes,
      positive: ['Power Prompt (rgthree)', { prompt: text, opt_model: ['model', 0], opt_clip: ['model', 1] }],
      sampler: samplerWith({ model: ['positive', 1] }),
    });
    expect(power.generation.loras).toEqual([{ name: 'ink', weight: 0.7, textEncoderWeight: 0.3 }]);
    const plain = describeApi({ ...plainNodes, positive: ['CLIPTextEncode', { text, clip: ['model', 1] }] });
    expect(plain.generation.loras).toBeUndefined();
  });
});

describe('contexts and pipes', () => {
  it('of rgthree take what is plugged in before what the context before brings', () => {
    const { generation } = describeApi({
      ...plainNodes,
      first: [
        'Context (rgthree)',
        {
          model: ['model', 0],
          clip: ['model', 1],
          positive: ['positive', 0],
          negative: ['negative', 0],
          latent: ['latent', 0],
          seed: 5,
        },
      ],
      other: ['CLIPTextEncode', { text: 'a wolf', clip: ['first', 2] }],
      after: ['Context Big (rgthree)', { base_ctx: ['first', 0], positive: ['other', 0], steps: 12 }],
      chosen: ['Context Switch (rgthree)', { ctx_02: ['after', 0], ctx_03: ['first', 0] }],
      sampler: samplerWith({
        model: ['chosen', 1],
        positive: ['chosen', 4],
        negative: ['chosen', 5],
        latent_image: ['chosen', 6],
        seed: ['chosen', 8],
        steps: ['after', 9],
      }),
    });
    expect(generation).toMatchObject({
      prompt: 'a wolf',
      negativePrompt: 'blurry',
      seed: '5',
      steps: 12,
      width: 512,
      model: { name: 'base.safetensors' },
    });
  });

  it('of Impact are edited, opened and given to detailers', () => {
    const { generation } = describeApi({
      ...plainNodes,
      pipe: [
        'ToBasicPipe',
        {
          model: ['model', 0],
          clip: ['model', 1],
          vae: ['model', 2],
          positive: ['positive', 0],
          negative: ['negative', 0],
        },
      ],
      other: ['CLIPTextEncode', { text: 'a smiling face', clip: ['open', 1] }],
      open: ['FromBasicPipe', { basic_pipe: ['pipe', 0] }],
      edited: ['EditBasicPipe', { basic_pipe: ['pipe', 0], positive: ['other', 0] }],
      detailer: ['BasicPipeToDetailerPipe', { basic_pipe: ['edited', 0], bbox_detector: ['x', 0] }],
      face: [
        'FaceDetailerPipe',
        {
          image: ['decode', 0],
          detailer_pipe: ['detailer', 0],
          seed: 7,
          steps: 9,
          cfg: 3,
          sampler_name: 'euler',
          scheduler: 'normal',
          denoise: 0.5,
        },
      ],
      save: ['SaveImage', { filename_prefix: 'x', images: ['face', 0] }],
    });
    expect(generation.stages?.[1]).toMatchObject({
      role: 'detailer',
      prompt: 'a smiling face',
      negativePrompt: 'blurry',
      seed: '7',
      model: { name: 'base.safetensors' },
    });
  });

  it('of Impact hold the settings of an iterative upscale', () => {
    const { generation } = describeApi({
      ...plainNodes,
      pipe: [
        'ToBasicPipe',
        { model: ['model', 0], vae: ['model', 2], positive: ['positive', 0], negative: ['negative', 0] },
      ],
      provider: [
        'PixelKSampleUpscalerProviderPipe',
        {
          scale_method: 'lanczos',
          seed: 44,
          steps: 6,
          cfg: 5,
          sampler_name: 'euler',
          scheduler: 'normal',
          denoise: 0.3,
          basic_pipe: ['pipe', 0],
        },
      ],
      up: [
        'IterativeLatentUpscale',
        { upscale_factor: 2, steps: 3, temp_prefix: '', samples: ['sampler', 0], upscaler: ['provider', 0] },
      ],
      decode: ['VAEDecode', { samples: ['up', 0], vae: ['model', 2] }],
    });
    expect(generation.stages?.[1]).toMatchObject({
      role: 'hires',
      prompt: 'a fox',
      seed: '44',
      denoise: 0.3,
    });
  });

  it('of an unknown class with a wired model and a name are its LoRA', () => {
    const applied = (inputs: Readonly<Record<string, unknown>>) => {
      const { generation } = describeApi({
        ...plainNodes,
        ink: ['Some Pack Lora Loader', { lora_name: 'ink.safetensors', clip: ['model', 1], ...inputs }],
        sampler: samplerWith({ model: ['ink', 0] }),
      });
      return [generation.loras, generation.model?.name];
    };
    const wired = { model: ['model', 0] };
    expect(applied({ ...wired, strength_model: 0.6, strength: 0.1 })).toEqual([
      [{ name: 'ink.safetensors', weight: 0.6 }],
      'base.safetensors',
    ]);
    expect(applied({ ...wired, strength: 0.4 })).toEqual([
      [{ name: 'ink.safetensors', weight: 0.4 }],
      'base.safetensors',
    ]);
    expect(applied(wired)).toEqual([[{ name: 'ink.safetensors' }], 'base.safetensors']);
    // Without a model to change it changes none.
    expect(applied({ strength_model: 0.6 })).toEqual([undefined, undefined]);
  });

  it('of Easy-Use carry prompts, settings and model to a sampler that shows its own picture', () => {
    const { generation } = describeApi({
      loader: [
        'easy a1111Loader',
        {
          ckpt_name: 'easy.safetensors',
          vae_name: 'Baked VAE',
          clip_skip: -1,
          lora_name: 'ink',
          lora_model_strength: 0.6,
          lora_clip_strength: 0.6,
          resolution: '1024 x 1024',
          empty_latent_width: 1024,
          empty_latent_height: 1024,
          positive: 'простой лис',
          negative: 'low quality',
          batch_size: 1,
        },
      ],
      settings: [
        'easy preSampling',
        {
          steps: 22,
          cfg: 6.5,
          sampler_name: 'dpmpp_2m',
          scheduler: 'karras',
          denoise: 1,
          seed: 31,
          pipe: ['loader', 0],
        },
      ],
      sampler: [
        'easy kSampler',
        { image_output: 'Save', link_id: 0, save_prefix: 'easy', pipe: ['settings', 0] },
      ],
    });
    expect(generation).toMatchObject({
      prompt: 'простой лис',
      negativePrompt: 'low quality',
      seed: '31',
      steps: 22,
      cfgScale: 6.5,
      sampler: 'dpmpp_2m',
      scheduler: 'karras',
      width: 1024,
      height: 1024,
      model: { name: 'easy.safetensors' },
      loras: [{ name: 'ink', weight: 0.6 }],
    });
  });

  it('of HunyuanVideo wrappers keep guidance apart, and make their own size', () => {
    const { generation } = describeApi({
      model: ['HyVideoModelLoader', { model: 'hunyuan.safetensors', base_precision: 'bf16' }],
      text: ['HyVideoTextEncode', { prompt: 'a storm', text_encoders: ['x', 0] }],
      sampler: [
        'HyVideoSampler',
        {
          model: ['model', 0],
          hyvid_embeds: ['text', 0],
          width: 512,
          height: 320,
          num_frames: 85,
          steps: 30,
          embedded_guidance_scale: 6,
          flow_shift: 9,
          seed: 6,
        },
      ],
      decode: ['HyVideoDecode', { samples: ['sampler', 0] }],
      video: ['VHS_VideoCombine', { frame_rate: 24, filename_prefix: 'hy', images: ['decode', 0] }],
    });
    expect(generation).toEqual({
      prompt: 'a storm',
      negativePrompt: '',
      seed: '6',
      steps: 30,
      guidance: 6,
      width: 512,
      height: 320,
      model: { name: 'hunyuan.safetensors' },
      parameters: { Shift: '9', Frames: '85', FPS: '24' },
    });
  });

  it('of WanVideoWrapper have both texts in one wire', () => {
    const { generation } = describeApi({
      lora: ['WanVideoLoraSelect', { lora: 'speed.safetensors', strength: 1.2 }],
      model: ['WanVideoModelLoader', { model: 'wan.safetensors', base_precision: 'fp16', lora: ['lora', 0] }],
      text: ['WanVideoTextEncode', { positive_prompt: 'a wave', negative_prompt: 'static', t5: ['x', 0] }],
      embeds: ['WanVideoEmptyEmbeds', { width: 832, height: 480, num_frames: 81 }],
      sampler: [
        'WanVideoSampler',
        {
          model: ['model', 0],
          image_embeds: ['embeds', 0],
          text_embeds: ['text', 0],
          steps: 30,
          cfg: 6,
          shift: 5,
          seed: 1057359483639287,
          scheduler: 'unipc',
        },
      ],
      vae: ['WanVideoVAELoader', { model_name: 'wan_vae.safetensors', precision: 'bf16' }],
      decode: ['WanVideoDecode', { vae: ['vae', 0], samples: ['sampler', 0] }],
      video: ['VHS_VideoCombine', { frame_rate: 16, filename_prefix: 'wan', images: ['decode', 0] }],
    });
    expect(generation).toEqual({
      prompt: 'a wave',
      negativePrompt: 'static',
      seed: '1057359483639287',
      steps: 30,
      cfgScale: 6,
      sampler: 'unipc',
      width: 832,
      height: 480,
      model: { name: 'wan.safetensors' },
      vae: 'wan_vae.safetensors',
      loras: [{ name: 'speed.safetensors', weight: 1.2 }],
      parameters: { Shift: '5', Frames: '81', FPS: '16' },
    });
  });
});

describe('an aspect ratio of Comfyroll', () => {
  const sizeOf = (inputs: Readonly<Record<string, unknown>>) => {
    const { generation } = describeApi({
      ...plainNodes,
      ratio: ['CR SDXL Aspect Ratio', { width: 640, height: 512, ...inputs }],
      latent: ['EmptyLatentImage', { width: ['ratio', 0], height: ['ratio', 1], batch_size: 1 }],
    });
    return [generation.width, generation.height];
  };

  it('names the size of the picture, swapped where the node says so', () => {
    const wide = { aspect_ratio: '16:9 landscape 1344x768' };
    expect(sizeOf({ ...wide, swap_dimensions: 'Off' })).toEqual([1344, 768]);
    expect(sizeOf({ ...wide, swap_dimensions: 'On' })).toEqual([768, 1344]);
  });

  it('leaves the size to its inputs where it names none', () => {
    expect(sizeOf({ aspect_ratio: 'custom', swap_dimensions: 'Off' })).toEqual([640, 512]);
    expect(sizeOf({ aspect_ratio: 'custom', swap_dimensions: 'On' })).toEqual([512, 640]);
  });
});
