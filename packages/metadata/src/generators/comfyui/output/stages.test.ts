import { describe, expect, it } from 'vitest';
import {
  apiGraph,
  describeApi,
  describeChunks,
  plainNodes,
  samplerWith,
  type ApiNodes,
} from '../../../../test/helpers/comfyui-graphs.ts';

describe('a plain graph', () => {
  it('gives every field of its one sampler', () => {
    expect(describeApi(plainNodes)).toEqual({
      generation: {
        prompt: 'a fox',
        negativePrompt: 'blurry',
        seed: '1',
        steps: 20,
        cfgScale: 7,
        sampler: 'euler',
        scheduler: 'normal',
        denoise: 1,
        width: 512,
        height: 768,
        model: { name: 'base.safetensors' },
        parameters: { 'VAE source': 'checkpoint' },
      },
      generations: [expect.anything()],
      warnings: [],
    });
  });

  it('keeps seeds beyond 2^53 digit by digit', () => {
    const text = apiGraph({ ...plainNodes, sampler: samplerWith({ seed: '@' }) });
    const { generation } = describeChunks({ prompt: text.replace('"@"', '18446744073709551615') });
    expect(generation.seed).toBe('18446744073709551615');
  });

  it('reads on where Python wrote what is no JSON', () => {
    const text = apiGraph(plainNodes).replace('"denoise":1', '"denoise":1,"is_changed":[NaN, -Infinity]');
    expect(describeChunks({ prompt: `${text}\0` }).generation.prompt).toBe('a fox');
  });

  it('takes ids that are no numbers, and lists that are no wires', () => {
    const { generation } = describeApi({
      '30:3': ['KSampler', { ...plainNodes['sampler']?.[1], seed: 8 }],
      ...plainNodes,
      decode: ['VAEDecode', { samples: ['30:3', 0], vae: ['model', 2] }],
      SaveImage: [
        'SaveImage',
        { filename_prefix: 'x', images: ['decode', 0], sizes: ['nowhere', 0], list: { __value__: [1, 2] } },
      ],
    });
    expect(generation.seed).toBe('8');
  });
});

describe('custom sampling', () => {
  const flux: ApiNodes = {
    unet: ['UNETLoader', { unet_name: 'flux1-dev.safetensors', weight_dtype: 'default' }],
    clip: ['DualCLIPLoader', { clip_name1: 't5.safetensors', clip_name2: 'l.safetensors', type: 'flux' }],
    text: ['CLIPTextEncode', { text: '一只狐狸', clip: ['clip', 0] }],
    guidance: ['FluxGuidance', { guidance: 3.5, conditioning: ['text', 0] }],
    guider: ['BasicGuider', { model: ['shift', 0], conditioning: ['guidance', 0] }],
    shift: [
      'ModelSamplingFlux',
      { max_shift: 1.15, base_shift: 0.5, width: 1024, height: 1024, model: ['unet', 0] },
    ],
    noise: ['RandomNoise', { noise_seed: 42 }],
    select: ['KSamplerSelect', { sampler_name: 'euler' }],
    sigmas: ['BasicScheduler', { scheduler: 'beta', steps: 28, denoise: 0.9, model: ['unet', 0] }],
    latent: ['EmptySD3LatentImage', { width: 1024, height: 1024, batch_size: 1 }],
    sampler: [
      'SamplerCustomAdvanced',
      {
        noise: ['noise', 0],
        guider: ['guider', 0],
        sampler: ['select', 0],
        sigmas: ['sigmas', 0],
        latent_image: ['latent', 0],
      },
    ],
    vae: ['VAELoader', { vae_name: 'ae.safetensors' }],
    decode: ['VAEDecode', { samples: ['sampler', 0], vae: ['vae', 0] }],
    save: ['SaveImage', { filename_prefix: 'flux', images: ['decode', 0] }],
  };

  it('gathers what guider, noise, schedule and sampler nodes hold', () => {
    expect(describeApi(flux).generation).toEqual({
      prompt: '一只狐狸',
      negativePrompt: '',
      seed: '42',
      steps: 28,
      guidance: 3.5,
      sampler: 'euler',
      scheduler: 'beta',
      denoise: 0.9,
      width: 1024,
      height: 1024,
      model: { name: 'flux1-dev.safetensors' },
      vae: 'ae.safetensors',
    });
  });

  it('has no seed where the noise is switched off', () => {
    const { generation } = describeApi({ ...flux, noise: ['DisableNoise', {}] });
    expect('seed' in generation).toBe(false);
  });

  it('knows schedules and samplers that are nodes of their own, and where a schedule is cut', () => {
    const { generation } = describeApi({
      ...flux,
      select: ['SamplerDPMPP_2M_SDE', { solver_type: 'midpoint', eta: 1, s_noise: 1, noise_device: 'gpu' }],
      karras: ['KarrasScheduler', { steps: 30, sigma_max: 14, sigma_min: 0.03, rho: 7 }],
      sigmas: ['SplitSigmas', { step: 12, sigmas: ['karras', 0] }],
    });
    expect([generation.sampler, generation.scheduler, generation.steps]).toEqual([
      'dpmpp_2m_sde',
      'karras',
      30,
    ]);
  });

  it('takes CFG from the guider, and from the one that is used', () => {
    const { generation } = describeApi({
      ...flux,
      unused: ['CFGGuider', { cfg: 9, model: ['unet', 0], positive: ['text', 0], negative: ['text', 0] }],
      no: ['CLIPTextEncode', { text: 'fog', clip: ['clip', 0] }],
      guider: ['CFGGuider', { cfg: 2, model: ['unet', 0], positive: ['guidance', 0], negative: ['no', 0] }],
    });
    expect([generation.cfgScale, generation.guidance, generation.negativePrompt]).toEqual([2, 3.5, 'fog']);
  });
});

describe('a prompt of which a part is not stored', () => {
  it('is absent from its stage as well', () => {
    const { generation } = describeApi({
      ...plainNodes,
      writer: ['OllamaGenerate', { prompt: 'x' }],
      second: ['CLIPTextEncode', { text: ['writer', 0], clip: ['model', 1] }],
      both: ['ConditioningCombine', { conditioning_1: ['positive', 0], conditioning_2: ['second', 0] }],
      up: ['LatentUpscaleBy', { upscale_method: 'area', scale_by: 2, samples: ['sampler', 0] }],
      again: samplerWith({ seed: 2, denoise: 0.5, positive: ['both', 0], latent_image: ['up', 0] }),
      decode: ['VAEDecode', { samples: ['again', 0], vae: ['model', 2] }],
    });
    expect(generation.stages?.map(({ prompt }) => prompt)).toEqual(['a fox', undefined]);
  });
});

describe('several stages', () => {
  const second = {
    ...plainNodes,
    up: ['LatentUpscaleBy', { upscale_method: 'bislerp', scale_by: 1.5, samples: ['sampler', 0] }],
    again: samplerWith({ seed: 2, steps: 8, denoise: 0.4, latent_image: ['up', 0] }),
    decode: ['VAEDecode', { samples: ['again', 0], vae: ['model', 2] }],
  } as const satisfies ApiNodes;

  it('calls a run on an enlarged latent the hires pass', () => {
    expect(
      describeApi(second).generation.stages?.map(({ role, seed, upscaler, upscaleBy, width }) => [
        role,
        seed,
        upscaler,
        upscaleBy,
        width,
      ]),
    ).toEqual([
      ['base', '1', undefined, undefined, 512],
      ['hires', '2', 'bislerp', 1.5, 768],
    ]);
  });

  it('calls a second checkpoint behind a cut run the refiner', () => {
    const advanced = (inputs: object) =>
      [
        'KSamplerAdvanced',
        {
          noise_seed: 5,
          steps: 25,
          cfg: 8,
          sampler_name: 'euler',
          scheduler: 'normal',
          return_with_leftover_noise: 'enable',
          ...inputs,
        },
      ] as const;
    const { generation } = describeApi({
      ...plainNodes,
      sampler: advanced({
        add_noise: 'enable',
        start_at_step: 0,
        end_at_step: 20,
        model: ['model', 0],
        positive: ['positive', 0],
        negative: ['negative', 0],
        latent_image: ['latent', 0],
      }),
      refiner: ['CheckpointLoaderSimple', { ckpt_name: 'refiner.safetensors' }],
      fine: [
        'CLIPTextEncodeSDXLRefiner',
        { ascore: 6, width: 1024, height: 1024, text: 'fine fox', clip: ['refiner', 1] },
      ],
      again: advanced({
        noise_seed: 9,
        add_noise: 'disable',
        start_at_step: 20,
        end_at_step: 10_000,
        model: ['refiner', 0],
        positive: ['fine', 0],
        negative: ['fine', 0],
        latent_image: ['sampler', 0],
      }),
      decode: ['VAEDecode', { samples: ['again', 0], vae: ['refiner', 2] }],
    });
    expect([generation.prompt, generation.model?.name]).toEqual(['a fox', 'base.safetensors']);
    expect(generation.stages?.[1]).toMatchObject({
      role: 'refiner',
      prompt: 'fine fox',
      seed: '5',
      startStep: 20,
      model: { name: 'refiner.safetensors' },
    });
  });

  it('calls two diffusion models behind one text encoder a pair of experts', () => {
    const half = (model: string, start: number, end: number, latent: string) =>
      [
        'KSamplerAdvanced',
        {
          add_noise: start === 0 ? 'enable' : 'disable',
          noise_seed: 77,
          steps: 20,
          cfg: 3.5,
          sampler_name: 'euler',
          scheduler: 'simple',
          start_at_step: start,
          end_at_step: end,
          model: [model, 0],
          positive: ['wan', 0],
          negative: ['wan', 1],
          latent_image: [latent, latent === 'wan' ? 2 : 0],
        },
      ] as const;
    const { generation } = describeApi({
      clip: ['CLIPLoader', { clip_name: 'umt5.safetensors', type: 'wan' }],
      positive: ['CLIPTextEncode', { text: 'waves', clip: ['clip', 0] }],
      negative: ['CLIPTextEncode', { text: 'static', clip: ['clip', 0] }],
      wan: [
        'WanImageToVideo',
        {
          width: 832,
          height: 480,
          length: 81,
          batch_size: 1,
          positive: ['positive', 0],
          negative: ['negative', 0],
        },
      ],
      high: ['UNETLoader', { unet_name: 'wan_high.safetensors' }],
      low: ['UNETLoader', { unet_name: 'wan_low.safetensors' }],
      first: half('high', 0, 10, 'wan'),
      second: half('low', 10, 10_000, 'first'),
      vae: ['VAELoader', { vae_name: 'wan_vae.safetensors' }],
      decode: ['VAEDecode', { samples: ['second', 0], vae: ['vae', 0] }],
      video: ['CreateVideo', { fps: 16, images: ['decode', 0] }],
      save: [
        'SaveVideo',
        { filename_prefix: 'video/ComfyUI', format: 'auto', codec: 'auto', video: ['video', 0] },
      ],
    });
    expect(generation.stages?.map(({ role, model }) => [role, model?.name])).toEqual([
      ['base', 'wan_high.safetensors'],
      ['expert', 'wan_low.safetensors'],
    ]);
    expect(generation).toMatchObject({
      prompt: 'waves',
      negativePrompt: 'static',
      width: 832,
      height: 480,
      vae: 'wan_vae.safetensors',
      parameters: { Frames: '81', FPS: '16' },
    });
  });

  it('follows Stable Cascade through the conditioning that carries its first latent', () => {
    const run = (seed: number, model: string, positive: unknown, latent: unknown) =>
      samplerWith({
        seed,
        steps: 20,
        cfg: 4,
        model: [model, 0],
        positive,
        negative: ['negative', 0],
        latent_image: latent,
      });
    const { generation } = describeApi({
      ...plainNodes,
      stageB: ['CheckpointLoaderSimple', { ckpt_name: 'cascade_b.safetensors' }],
      empty: [
        'StableCascade_EmptyLatentImage',
        { width: 1024, height: 1024, compression: 42, batch_size: 1 },
      ],
      sampler: run(1, 'model', ['positive', 0], ['empty', 0]),
      join: ['StableCascade_StageB_Conditioning', { conditioning: ['positive', 0], stage_c: ['sampler', 0] }],
      again: run(2, 'stageB', ['join', 0], ['empty', 1]),
      decode: ['VAEDecode', { samples: ['again', 0], vae: ['stageB', 2] }],
    });
    expect(generation.stages?.map(({ seed, model }) => [seed, model?.name])).toEqual([
      ['1', 'base.safetensors'],
      ['2', 'cascade_b.safetensors'],
    ]);
    expect([generation.seed, generation.prompt]).toEqual(['1', 'a fox']);
  });

  it('reads detailers and tiled upscalers with settings of their own', () => {
    const { generation } = describeApi({
      ...plainNodes,
      face: ['CLIPTextEncode', { text: 'a face', clip: ['model', 1] }],
      detail: [
        'FaceDetailer',
        {
          image: ['decode', 0],
          model: ['model', 0],
          clip: ['model', 1],
          vae: ['model', 2],
          positive: ['face', 0],
          negative: ['negative', 0],
          seed: 3,
          steps: 12,
          cfg: 5,
          sampler_name: 'euler',
          scheduler: 'normal',
          denoise: 0.4,
        },
      ],
      scaler: ['UpscaleModelLoader', { model_name: '4x-UltraSharp.pth' }],
      tiled: [
        'UltimateSDUpscale',
        {
          image: ['detail', 0],
          model: ['model', 0],
          positive: ['positive', 0],
          negative: ['negative', 0],
          vae: ['model', 2],
          upscale_model: ['scaler', 0],
          upscale_by: 2,
          seed: 4,
          steps: 15,
          cfg: 6,
          sampler_name: 'euler',
          scheduler: 'normal',
          denoise: 0.2,
        },
      ],
      save: ['SaveImage', { filename_prefix: 'x', images: ['tiled', 0] }],
    });
    expect(generation.stages?.map(({ role, seed, prompt, width }) => [role, seed, prompt, width])).toEqual([
      ['base', '1', 'a fox', 512],
      ['detailer', '3', 'a face', 512],
      ['upscale', '4', 'a fox', 1024],
    ]);
  });
});

describe('samplers that nobody described', () => {
  it('are known by what they take, with or without a latent', () => {
    const { generation } = describeApi({
      ...plainNodes,
      loader: ['DownloadAndLoadMochiModel', { model: 'mochi_preview.safetensors', precision: 'bf16' }],
      sampler: [
        'MochiSampler',
        {
          width: 848,
          height: 480,
          num_frames: 49,
          steps: 50,
          cfg: 4.5,
          seed: 3,
          model: ['loader', 0],
          positive: ['positive', 0],
          negative: ['negative', 0],
        },
      ],
    });
    expect(generation).toMatchObject({
      prompt: 'a fox',
      negativePrompt: 'blurry',
      seed: '3',
      steps: 50,
      cfgScale: 4.5,
      width: 848,
      height: 480,
      model: { name: 'mochi_preview.safetensors' },
    });
  });

  it('start from latents of nodes that nobody described, which say their size', () => {
    const { generation } = describeApi({
      ...plainNodes,
      latent: ['BrandNewLatentVideo', { width: 640, height: 352, length: 33, batch_size: 1 }],
      up: ['SomeLatentEnlarger', { samples: ['sampler', 0], width: 1280, height: 704 }],
      again: samplerWith({ seed: 2, denoise: 0.6, latent_image: ['up', 0] }),
      decode: ['VAEDecode', { samples: ['again', 0], vae: ['model', 2] }],
    });
    expect(
      generation.stages?.map(({ role, width, height, upscaleBy }) => [role, width, height, upscaleBy]),
    ).toEqual([
      ['base', 640, 352, undefined],
      ['hires', 1280, 704, 2],
    ]);
    expect(generation.parameters?.['Frames']).toBe('33');
  });

  it('are not any node that takes a model and conditioning', () => {
    const { generation } = describeApi({
      ...plainNodes,
      guide: [
        'SomeGuider',
        { model: ['model', 0], positive: ['positive', 0], negative: ['negative', 0], steps: 3 },
      ],
    });
    expect(generation.stages).toBeUndefined();
  });
});

describe('nodes that send a prompt to a service', () => {
  const remote = {
    ask: [
      'FluxProUltraImageNode',
      { prompt: 'a glass tower', prompt_upsampling: false, seed: 4711, aspect_ratio: '16:9', raw: false },
    ],
    save: ['SaveImage', { filename_prefix: 'api', images: ['ask', 0] }],
  } as const satisfies ApiNodes;

  it('are the run, with what they say of it', () => {
    expect(describeApi(remote).generation).toEqual({
      prompt: 'a glass tower',
      seed: '4711',
      model: { name: 'flux-pro-1.1-ultra' },
      parameters: { 'Aspect ratio': '16:9' },
    });
    const named = {
      ...remote,
      ask: ['OtherServiceNode', { prompt: 'x', negative_prompt: 'y', model: 'v3-turbo', seed: 1 }],
    } as const;
    expect(describeApi(named).generation).toEqual({
      prompt: 'x',
      negativePrompt: 'y',
      seed: '1',
      model: { name: 'v3-turbo' },
    });
  });

  it('are no run where only a text comes of them', () => {
    const asked = {
      ask: ['SomeChatNode', { prompt: 'write a poem', seed: 1, model: 'x' }],
      show: ['PreviewAny', { source: ['ask', 0] }],
    } as const;
    expect(describeApi(asked).generations).toEqual([{}]);
    const encoded = {
      ...plainNodes,
      ask: asked.ask,
      positive: ['CLIPTextEncode', { text: ['ask', 0], clip: ['model', 1] }],
    } as const;
    expect('prompt' in describeApi(encoded).generation).toBe(false);
  });

  it('have no prompt where it comes from a node that does not store it', () => {
    const { generation, warnings } = describeApi({
      ...remote,
      writer: ['SomeChatNode', { prompt: 'write', seed: 1, model: 'x' }],
      ask: ['OtherServiceNode', { prompt: ['writer', 0], seed: 3, size: '1024x1024' }],
    });
    expect([generation, warnings.map(({ code }) => code)]).toEqual([
      { seed: '3', width: 1024, height: 1024 },
      ['unresolved'],
    ]);
  });
});

describe('which output the file is', () => {
  const both: ApiNodes = {
    ...plainNodes,
    otherLatent: ['EmptyLatentImage', { width: 1024, height: 1024, batch_size: 1 }],
    otherSampler: samplerWith({ seed: 99, latent_image: ['otherLatent', 0] }),
    otherDecode: ['VAEDecode', { samples: ['otherSampler', 0], vae: ['model', 2] }],
    other: ['SaveImage', { filename_prefix: 'portraits/other', images: ['otherDecode', 0] }],
  };

  it('is told by the pixels', () => {
    expect(describeApi(both, { width: 1024, height: 1024 }).generation.seed).toBe('99');
    expect(describeApi(both, { width: 512, height: 768 }).generation.seed).toBe('1');
  });

  it('is told by the beginning of the name', () => {
    expect(describeApi(both, { fileName: 'other_00001_.png' }).generation.seed).toBe('99');
    expect(describeApi(both, { fileName: 'ComfyUI_00001_.png' }).generation.seed).toBe('1');
  });

  it('is told by the name where a video pack also saves the first frame', () => {
    const video = {
      ...both,
      other: ['VHS_VideoCombine', { filename_prefix: 'clip', frame_rate: 8, images: ['otherDecode', 0] }],
    } as const;
    expect(describeApi(video, { fileName: 'clip_00001.png' }).generation.seed).toBe('99');
    expect(describeApi(video, { fileName: 'renamed.png' }).generation.seed).toBe('1');
  });

  it('prefers what was saved to what was shown', () => {
    const shown = { ...both, other: ['PreviewImage', { images: ['otherDecode', 0] }] } as const;
    expect(describeApi(shown).generations).toHaveLength(1);
    expect(describeApi(shown).generation.seed).toBe('1');
  });

  it('stays open where nothing tells, and says so', () => {
    const { generations, warnings } = describeApi(both);
    expect(generations.map(({ seed }) => seed)).toEqual(['1', '99']);
    expect(warnings.map(({ code }) => code)).toEqual(['ambiguous']);
  });

  it('is the last sampler of a graph that has no output node', () => {
    const { save: _save, decode: _decode, ...cut } = plainNodes;
    expect(describeApi(cut).generation).toMatchObject({ prompt: 'a fox', seed: '1' });
  });

  it('is a saver that nobody described', () => {
    const own = {
      ...plainNodes,
      save: ['MyPackSaveEverything', { filename_prefix: 'x', images: ['decode', 0] }],
    } as const;
    expect(describeApi(own).generation.prompt).toBe('a fox');
  });
});

describe('a second sampler', () => {
  const second = (inputs: Readonly<Record<string, unknown>>, more: ApiNodes = {}) => {
    const { generation } = describeApi({
      ...plainNodes,
      ...more,
      again: samplerWith({ seed: 2, denoise: 0.5, latent_image: ['sampler', 0], ...inputs }),
      decode: ['VAEDecode', { samples: ['again', 0], vae: ['model', 2] }],
    });
    return generation.stages?.map(({ role }) => role);
  };
  const other: ApiNodes = { other: ['CheckpointLoaderSimple', { ckpt_name: 'other.safetensors' }] };

  it('with the same model at the same size continues the first', () => {
    expect(second({})).toEqual(['base', 'continuation']);
  });

  it('with a model of its own refines, unless it starts from a latent of its own', () => {
    expect(second({ model: ['other', 0] }, other)).toEqual(['base', 'refiner']);
  });

  it('after a latent was enlarged is a hires pass, whatever its model', () => {
    const scaled: ApiNodes = {
      ...other,
      up: ['LatentUpscaleBy', { samples: ['sampler', 0], upscale_method: 'nearest-exact', scale_by: 1.5 }],
    };
    expect(second({ latent_image: ['up', 0] }, scaled)).toEqual(['base', 'hires']);
    expect(second({ latent_image: ['up', 0], model: ['other', 0] }, scaled)).toEqual(['base', 'hires']);
  });
});
