import { describe, expect, it } from 'vitest';
import {
  describeApi,
  plainNodes,
  samplerWith,
  type ApiNode,
  type ApiNodes,
} from '../../../../test/helpers/comfyui-graphs.ts';

const settings = {
  seed: 11,
  steps: 21,
  cfg: 6.5,
  sampler_name: 'euler',
  scheduler: 'karras',
  denoise: 0.5,
};
const described = {
  prompt: 'a fox',
  negativePrompt: 'blurry',
  seed: '11',
  steps: 21,
  cfgScale: 6.5,
  sampler: 'euler',
  scheduler: 'karras',
  denoise: 0.5,
  model: { name: 'base.safetensors' },
};

function withSampler(sampler: ApiNode, more: ApiNodes = {}) {
  return describeApi({ ...plainNodes, ...more, sampler });
}

describe('a sampler of unknown class', () => {
  const pipe: ApiNodes = {
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
  };

  it('takes model and texts from a pipe', () => {
    const run: ApiNode = [
      '## my-run [1a2b]',
      { ...settings, basic_pipe: ['pipe', 0], latent_image: ['latent', 0] },
    ];
    expect(withSampler(run, pipe).generation).toMatchObject({ ...described, width: 512, height: 768 });
  });

  it('takes them from a pipe that passed a node of unknown class', () => {
    const more: ApiNodes = { ...pipe, edited: ['Edit My Pipe', { basic_pipe: ['pipe', 0], strength: 1 }] };
    const run: ApiNode = ['My Piped Sampler', { ...settings, basic_pipe: ['edited', 0] }];
    expect(withSampler(run, more).generation).toMatchObject(described);
  });

  it('is a detailer where its class says so', () => {
    const detail: ApiNodes = {
      ...pipe,
      detail: ['MyDetailerPipe', { ...settings, image: ['decode', 0], basic_pipe: ['pipe', 0] }],
      save: ['SaveImage', { filename_prefix: 'x', images: ['detail', 0] }],
    };
    const { generation } = describeApi({ ...plainNodes, ...detail });
    expect(generation.stages?.map(({ role, seed }) => [role, seed])).toEqual([
      ['base', '1'],
      ['detailer', '11'],
    ]);
    expect(generation.seed).toBe('1');
  });

  it('may call its one text conditioning, and write numbers as texts', () => {
    const run: ApiNode = [
      'FluxParams',
      {
        seed: '778899',
        sampler: 'euler',
        scheduler: 'simple',
        steps: '20',
        guidance: '3.5',
        model: ['model', 0],
        conditioning: ['positive', 0],
        latent_image: ['latent', 0],
      },
    ];
    expect(withSampler(run).generation).toMatchObject({
      prompt: 'a fox',
      seed: '778899',
      steps: 20,
      guidance: 3.5,
      sampler: 'euler',
    });
    const drawn: ApiNode = [run[0], { ...run[1], seed: '?' }];
    expect('seed' in withSampler(drawn).generation).toBe(false);
  });

  it('may take no text at all', () => {
    const { generation } = describeApi({
      load: ['LoadImage', { image: 'in.png' }],
      weights: ['LoadPackModel', { model: 'relight.safetensors' }],
      run: ['PackSampler', { steps: 21, model: ['weights', 0], image: ['load', 0] }],
      save: ['SaveImage', { filename_prefix: 'x', images: ['run', 0] }],
    });
    expect([generation.steps, generation.model]).toEqual([21, { name: 'relight.safetensors' }]);
    expect('negativePrompt' in generation).toBe(false);
  });

  it('may have one list for the solver, which it calls its scheduler', () => {
    const run = (scheduler: string) => {
      const inputs = {
        steps: 9,
        seed: 1,
        cfg: 5,
        scheduler,
        model: ['model', 0],
        text_embeds: ['positive', 0],
      };
      return withSampler(['PackVideoSampler', { ...inputs, samples: ['latent', 0] }]).generation;
    };
    expect([run('unipc').sampler, run('unipc').scheduler]).toEqual(['unipc', undefined]);
    expect([run('karras').sampler, run('karras').scheduler]).toEqual([undefined, 'karras']);
  });

  it('is no node that only turns a model into another', () => {
    const patched: ApiNodes = {
      patch: ['MyPatch', { model: ['model', 0], positive: ['positive', 0], steps: 5, seed: 9 }],
    };
    const { generation } = describeApi({
      ...plainNodes,
      ...patched,
      sampler: samplerWith({ model: ['patch', 0] }),
    });
    expect([generation.seed, generation.model?.name, generation.stages]).toEqual([
      '1',
      'base.safetensors',
      undefined,
    ]);
  });
});

describe('parts of unknown class around a custom sampler', () => {
  const custom = (more: ApiNodes) =>
    describeApi({
      ...plainNodes,
      noise: ['RandomNoise', { noise_seed: 11 }],
      guider: [
        'CFGGuider',
        { cfg: 6.5, model: ['model', 0], positive: ['positive', 0], negative: ['negative', 0] },
      ],
      algorithm: ['KSamplerSelect', { sampler_name: 'euler' }],
      sigmas: ['BasicScheduler', { scheduler: 'karras', steps: 21, denoise: 0.5, model: ['model', 0] }],
      sampler: [
        'SamplerCustomAdvanced',
        {
          noise: ['noise', 0],
          guider: ['guider', 0],
          sampler: ['algorithm', 0],
          sigmas: ['sigmas', 0],
          latent_image: ['latent', 0],
        },
      ],
      ...more,
    });

  it('are a guider by its wires', () => {
    const guider: ApiNode = [
      'ScheduledGuider',
      { from_cfg: 6.5, model: ['model', 0], positive: ['positive', 0], negative: ['negative', 0] },
    ];
    const { cfgScale: _cfg, ...rest } = described;
    expect(custom({ guider }).generation).toMatchObject(rest);
  });

  it('say nothing of a negative side that they may have', () => {
    const { generation } = custom({
      guider: ['OneSidedGuider', { model: ['model', 0], positive: ['positive', 0] }],
    });
    expect(generation.prompt).toBe('a fox');
    expect('negativePrompt' in generation).toBe(false);
  });

  it('are a sampler and a schedule, called as their classes', () => {
    const { generation } = custom({
      algorithm: ['SamplerOfAPack', { eta: 1 }],
      sigmas: ['PackScheduler', { steps: 17, model: ['model', 0] }],
    });
    expect(generation).toMatchObject({ sampler: 'SamplerOfAPack', scheduler: 'PackScheduler', steps: 17 });
  });

  it('are changes of a sampler, a schedule and a noise that come in', () => {
    const { generation } = custom({
      noise: ['PackNoise', { noise: ['plain', 0], weight: 0.2 }],
      plain: ['RandomNoise', { noise_seed: 5 }],
      algorithm: ['PackChange', { sampler: ['select', 0] }],
      select: ['KSamplerSelect', { sampler_name: 'heun' }],
      sigmas: ['PackBend', { sigmas: ['schedule', 0], bend: 0.1 }],
      schedule: ['BasicScheduler', { scheduler: 'beta', steps: 9, denoise: 1, model: ['model', 0] }],
    });
    expect(generation).toMatchObject({ seed: '5', sampler: 'heun', scheduler: 'beta', steps: 9 });
  });
});

describe('a text encoder of unknown class', () => {
  const encoded = (inputs: Readonly<Record<string, unknown>>, more: ApiNodes = {}) =>
    describeApi({ ...plainNodes, ...more, positive: ['PackEncode', { clip: ['model', 1], ...inputs }] });

  it('joins tags and lyrics', () => {
    const { prompt, promptSegments } = encoded({ tags: 'piano', lyrics: 'la la la', bpm: 90 }).generation;
    expect(prompt).toBe('piano\nla la la');
    expect(promptSegments?.[0]?.parts).toEqual({ tags: 'piano', lyrics: 'la la la' });
  });

  it('loses only the part that comes from an unknown node, and says so', () => {
    const lost: ApiNodes = { lost: ['LyricsSwitch', { lyrics: 'la', language: 'en' }] };
    const { generation, warnings } = encoded({ tags: 'piano', lyrics: ['lost', 0] }, lost);
    expect([generation.prompt, warnings.map(({ code }) => code)]).toEqual(['piano', ['unresolved']]);
  });

  it('has no prompt where words join it at an unknown place', () => {
    const more: ApiNodes = { words: ['PrimitiveString', { value: 'ink' }] };
    const { generation, warnings } = encoded({ text: 'a lamp', prefix_text: ['words', 0] }, more);
    expect('prompt' in generation).toBe(false);
    expect(warnings.map(({ code }) => code)).toEqual(['unresolved']);
  });

  it('is told apart from a node that leaves a side empty', () => {
    const { generation } = describeApi({
      ...plainNodes,
      nothing: ['PackZeroOut', { conditioning: ['positive', 0] }],
      sampler: samplerWith({ negative: ['nothing', 0] }),
    });
    expect(generation.negativePrompt).toBe('');
  });

  it('may say the distilled guidance', () => {
    expect(encoded({ clip_l: 'a hare', t5xxl: 'a hare', guidance: 3.5 }).generation.guidance).toBe(3.5);
  });

  it('needs no clip', () => {
    const { generation } = describeApi({
      ...plainNodes,
      sampler: samplerWith({ positive: ['words', 0] }),
      words: ['PackTextImageEncode', { prompt: 'a hare', text_encoders: ['encoders', 0], force: true }],
      encoders: ['PackEncoders', { llm_model: 'x' }],
    });
    expect(generation.prompt).toBe('a hare');
  });
});

describe('a helper run', () => {
  it('that makes a picture to go by is no stage of the picture', () => {
    const { generation } = describeApi({
      ...plainNodes,
      load: ['LoadImage', { image: 'in.png' }],
      depth: ['UNETLoader', { unet_name: 'depth.safetensors', weight_dtype: 'default' }],
      source: ['VAEEncode', { pixels: ['load', 0], vae: ['model', 2] }],
      fixed: ['LotusConditioning', {}],
      guider: ['BasicGuider', { model: ['depth', 0], conditioning: ['fixed', 0] }],
      still: ['DisableNoise', {}],
      euler: ['KSamplerSelect', { sampler_name: 'euler' }],
      once: ['BasicScheduler', { scheduler: 'normal', steps: 1, denoise: 1, model: ['depth', 0] }],
      estimate: [
        'SamplerCustomAdvanced',
        {
          noise: ['still', 0],
          guider: ['guider', 0],
          sampler: ['euler', 0],
          sigmas: ['once', 0],
          latent_image: ['source', 0],
        },
      ],
      map: ['VAEDecode', { samples: ['estimate', 0], vae: ['model', 2] }],
      both: [
        'InstructPixToPixConditioning',
        { positive: ['positive', 0], negative: ['negative', 0], vae: ['model', 2], pixels: ['map', 0] },
      ],
      sampler: samplerWith({ positive: ['both', 0], negative: ['both', 1], latent_image: ['both', 2] }),
    });
    expect(generation).toMatchObject({
      prompt: 'a fox',
      negativePrompt: 'blurry',
      seed: '1',
      steps: 20,
      model: { name: 'base.safetensors' },
    });
    expect(generation.stages).toBeUndefined();
  });
});

describe('a service', () => {
  const asked = (inputs: Readonly<Record<string, unknown>>, type = 'NewServiceNode') =>
    describeApi({
      ask: [type, inputs],
      save: ['SaveVideo', { filename_prefix: 'x', video: ['ask', 0] }],
    }).generation;

  it('is told by a prompt beside a ratio', () => {
    expect(asked({ prompt: 'a kite', ratio: '1920:1080' })).toEqual({
      prompt: 'a kite',
      parameters: { 'Aspect ratio': '1920:1080' },
    });
  });

  it('has settings that belong to a choice behind its name', () => {
    expect(
      asked({ model: 'wan-x', 'model.prompt': 'a kite', 'model.negative_prompt': 'blurry', seed: 11 }),
    ).toEqual({ prompt: 'a kite', negativePrompt: 'blurry', seed: '11', model: { name: 'wan-x' } });
  });

  it('is not a node that finds or writes words on a picture', () => {
    const found = {
      load: ['LoadImage', { image: 'in.png' }],
      find: ['FindThings', { image: ['load', 0], prompt: 'a dog', threshold: 0.3 }],
      save: ['SaveImage', { filename_prefix: 'x', images: ['find', 0] }],
    } as const;
    expect(describeApi(found).generations).toEqual([{}]);
  });
});

describe('a preview', () => {
  const two: ApiNodes = {
    ...plainNodes,
    computed: ['Integer Multiple', { integer: 512, multiple: 1.5 }],
    scaled: [
      'ImageScale',
      { image: ['decode', 0], upscale_method: 'bicubic', width: ['computed', 0], height: 100 },
    ],
    save: ['SaveImage', { filename_prefix: 'kite', images: ['scaled', 0] }],
    other: samplerWith({ seed: 2 }),
    otherDecode: ['VAEDecode', { samples: ['other', 0], vae: ['model', 2] }],
    show: ['PreviewImage', { images: ['otherDecode', 0] }],
  };

  it('is not the file because its size fits, where that of what was saved cannot be told', () => {
    expect(describeApi(two, { width: 512, height: 768 }).generation.seed).toBe('1');
  });

  it('is the file where its size fits and that of what was saved does not', () => {
    const saved: ApiNodes = {
      ...two,
      scaled: ['ImageScale', { image: ['decode', 0], upscale_method: 'bicubic', width: 64, height: 64 }],
    };
    expect(describeApi(saved, { width: 512, height: 768 }).generation.seed).toBe('2');
  });
});
