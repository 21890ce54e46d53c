import { describe, expect, it } from 'vitest';
import {
  describeApi,
  describeChunks,
  plainNodes,
  samplerWith,
  type ApiNodes,
} from '../../../../../test/helpers/comfyui-graphs.ts';
import {
  drawWorkflow,
  plainCanvas,
  plainWires,
  rewired,
  type CanvasNode,
  type Wire,
} from '../../../../../test/helpers/comfyui-workflows.ts';

function drawn(
  changes: Partial<Record<keyof typeof plainCanvas, Partial<CanvasNode>>>,
  more: readonly CanvasNode[] = [],
  wires: readonly Wire[] = plainWires,
) {
  const nodes = Object.entries(plainCanvas).map(([name, node]): CanvasNode => ({
    ...node,
    ...changes[name as keyof typeof plainCanvas],
  }));
  return describeChunks({ workflow: drawWorkflow({ nodes: [...nodes, ...more], wires }) }).generation;
}

describe('Easy-Use', () => {
  const stack = (toggle: boolean, mode: string, before?: string) => ({
    toggle,
    mode,
    num_loras: 1,
    lora_1_name: `${mode}.safetensors`,
    lora_1_strength: 3,
    lora_1_model_strength: 1.3,
    lora_1_clip_strength: 0.4,
    lora_2_name: 'beyond.safetensors',
    ...(before !== undefined && { optional_lora_stack: [before, 0] }),
  });
  const nodes: ApiNodes = {
    one: ['easy loraStack', stack(true, 'simple')],
    two: ['easy loraStack', stack(true, 'advanced', 'one')],
    off: ['easy loraStack', { ...stack(false, 'simple', 'two'), lora_1_name: 'off.safetensors' }],
    load: [
      'easy fluxLoader',
      {
        ckpt_name: 'flux.safetensors',
        vae_name: 'Baked VAE',
        lora_name: 'None',
        resolution: '832 x 1216',
        empty_latent_width: 512,
        empty_latent_height: 512,
        positive: 'a tin robot',
        batch_size: 1,
        optional_lora_stack: ['off', 0],
      },
    ],
    set: [
      'easy preSamplingCustom',
      {
        cfg: 3.5,
        sampler_name: 'euler',
        scheduler: 'beta',
        steps: 24,
        denoise: 1,
        seed: 7,
        pipe: ['load', 0],
      },
    ],
    run: ['easy kSamplerCustom', { image_output: 'Hide', link_id: 0, save_prefix: 'x', pipe: ['set', 0] }],
    save: ['SaveImage', { filename_prefix: 'E', images: ['run', 3] }],
  };

  it('hands stacks of LoRAs, settings and texts on in one pipe', () => {
    const { generation } = describeApi(nodes);
    expect(generation).toMatchObject({
      prompt: 'a tin robot',
      seed: '7',
      steps: 24,
      cfgScale: 3.5,
      scheduler: 'beta',
      width: 832,
      height: 1216,
      model: { name: 'flux.safetensors' },
    });
    expect(generation.loras).toEqual([
      { name: 'simple.safetensors', weight: 3 },
      { name: 'advanced.safetensors', weight: 1.3, textEncoderWeight: 0.4 },
    ]);
    expect(generation.parameters?.['Inactive LoRAs']).toBe('off.safetensors');
  });

  it('knows a wildcard only where nothing was drawn', () => {
    const text = (words: string) =>
      describeApi({
        ...plainNodes,
        words: ['easy wildcards', { text: words, seed: 1 }],
        positive: ['CLIPTextEncode', { text: ['words', 0], clip: ['model', 1] }],
      }).generation.prompt;
    expect(text('a hare <lora:ink:0.5>')).toBe('a hare');
    expect(text('a {red|blue} hare')).toBeUndefined();
    expect(text('a __colour__ hare')).toBeUndefined();
  });

  it('mends a detail after the run that made the picture', () => {
    const { generation } = describeApi({
      ...nodes,
      prepare: [
        'easy preDetailerFix',
        {
          pipe: ['run', 0],
          seed: 9,
          steps: 10,
          cfg: 2,
          sampler_name: 'heun',
          scheduler: 'normal',
          denoise: 0.4,
        },
      ],
      mend: ['easy detailerFix', { pipe: ['prepare', 0], image_output: 'Hide', save_prefix: 'x' }],
      save: ['SaveImage', { filename_prefix: 'E', images: ['mend', 1] }],
    });
    expect(generation.stages?.map(({ role, seed }) => [role, seed])).toEqual([
      ['base', '7'],
      ['detailer', '9'],
    ]);
  });
});

describe('tinyterraNodes', () => {
  it('loads LoRAs by tags, and one in the sampler', () => {
    const { generation } = describeApi({
      load: [
        'ttN pipeLoader_v2',
        {
          ckpt_name: 'base.safetensors',
          vae_name: 'Baked VAE',
          clip_skip: -2,
          loras: '<lora:ink:0.8>',
          positive: 'a hare',
          negative: 'blurry',
          empty_latent_aspect: '1024 x 576 [S] 16:9',
          empty_latent_width: 512,
          empty_latent_height: 512,
          batch_size: 1,
          seed: 5,
        },
      ],
      run: [
        'ttN pipeKSampler_v2',
        {
          pipe: ['load', 0],
          lora_name: 'late.safetensors',
          lora_strength: 0.3,
          steps: 12,
          cfg: 5,
          sampler_name: 'euler',
          scheduler: 'normal',
          denoise: 1,
          seed: 6,
          save_prefix: 'x',
        },
      ],
      save: ['SaveImage', { filename_prefix: 'E', images: ['run', 7] }],
    });
    expect(generation).toMatchObject({
      prompt: 'a hare',
      negativePrompt: 'blurry',
      seed: '6',
      steps: 12,
      width: 1024,
      height: 576,
      clipSkip: 2,
      loras: [
        { name: 'ink', weight: 0.8 },
        { name: 'late.safetensors', weight: 0.3 },
      ],
    });
  });
});

describe('SeargeSDXL', () => {
  const stream = (settings: Readonly<Record<string, unknown>>): ApiNodes => ({
    main: ['SeargeTextInputV2', { prompt: 'a kite' }],
    not: ['SeargeTextInputV2', { prompt: 'blurry' }],
    prompts: ['SeargePromptAdapterV2', { main_prompt: ['main', 0], negative_main_prompt: ['not', 0] }],
    models: [
      'SeargeModelSelector',
      { base_checkpoint: 'base.safetensors', refiner_checkpoint: 'fine.safetensors', data: ['prompts', 0] },
    ],
    loras: [
      'SeargeLoras',
      { lora_1: 'ink.safetensors', lora_1_strength: 0.4, lora_2: 'none', data: ['models', 0] },
    ],
    settings: [
      'SeargeGenerationParameters',
      {
        seed: 11,
        image_size_preset: '1344x768 (16:9)',
        image_width: 1024,
        image_height: 1024,
        steps: 21,
        cfg: 6.5,
        sampler_preset: '2 - Euler a',
        sampler_name: 'ddim',
        scheduler: 'karras',
        data: ['loras', 0],
        ...settings,
      },
    ],
    start: ['SeargePipelineStart', { wf_version: '4.3', data: ['settings', 0] }],
    box: ['SeargeMagicBox', { stage: 'sampling', data: ['start', 0] }],
    end: ['SeargePipelineTerminator', { data: ['box', 0] }],
  });

  it('reads all from the stream, presets before the settings beside them', () => {
    expect(describeApi(stream({})).generation).toMatchObject({
      prompt: 'a kite',
      negativePrompt: 'blurry',
      seed: '11',
      steps: 21,
      cfgScale: 6.5,
      sampler: 'euler_ancestral',
      scheduler: 'normal',
      width: 1344,
      height: 768,
      model: { name: 'base.safetensors' },
      loras: [{ name: 'ink.safetensors', weight: 0.4 }],
      parameters: { Refiner: 'fine.safetensors' },
    });
  });

  it('reads the settings where no preset is chosen, and no size of a picture that it cannot see', () => {
    const none = { sampler_preset: 'none - use settings', image_size_preset: 'none - use settings' };
    expect(describeApi(stream(none)).generation).toMatchObject({
      sampler: 'ddim',
      scheduler: 'karras',
      width: 1024,
      height: 1024,
    });
    const from = describeApi(stream({ image_size_preset: 'from source image' })).generation;
    expect([from.width, from.height]).toEqual([undefined, undefined]);
  });
});

describe('other packs', () => {
  it('Cutoff: the text goes along its regions', () => {
    const { generation } = describeApi({
      ...plainNodes,
      text: ['BNK_CutoffBasePrompt', { text: 'a red kite', clip: ['model', 1] }],
      region: [
        'BNK_CutoffSetRegions',
        { region_text: 'kite', target_text: 'red', weight: 1, clip_regions: ['text', 0] },
      ],
      positive: ['BNK_CutoffRegionsToConditioning', { mask_token: '', clip_regions: ['region', 0] }],
    });
    expect(generation.prompt).toBe('a red kite');
  });

  it('Lora Manager: trigger words that are switched on come before the text', () => {
    const words = (more: Readonly<Record<string, unknown>> = {}) =>
      describeApi({
        ...plainNodes,
        toggle: [
          'TriggerWord Toggle (LoraManager)',
          {
            group_mode: true,
            allow_strength_adjustment: false,
            toggle_trigger_words: {
              __value__: [
                { text: 'ink wash', active: true, strength: null },
                { text: 'heavy lines', active: false },
              ],
            },
            ...more,
          },
        ],
        positive: [
          'Prompt (LoraManager)',
          { text: 'a lamp', clip: ['model', 1], trigger_words1: ['toggle', 0] },
        ],
      }).generation.prompt;
    expect(words()).toBe('ink wash, a lamp');
    expect(
      words({
        toggle_trigger_words: [{ text: 'dots', active: true, strength: 1.2 }],
        allow_strength_adjustment: true,
      }),
    ).toBe('(dots:1.20), a lamp');
    expect(words({ toggle_trigger_words: undefined })).toBeUndefined();
  });

  it('prompt-reader: one node holds all settings, whatever the order of its outputs', () => {
    const parameters: CanvasNode = {
      id: 1,
      type: 'SDParameterGenerator',
      widgets: [
        'base.safetensors',
        'baked VAE',
        'SDXL 1024px',
        'none',
        11,
        'randomize',
        21,
        0.8,
        6.5,
        'euler',
        'normal',
        6,
        2.5,
        '3:2 - 608x416 | 912x624 | 1216x832',
        640,
        448,
        1,
      ],
      outputs: [
        'MODEL',
        'CLIP',
        'VAE',
        ['width', 'INT'],
        ['steps', 'INT'],
        ['seed', 'INT'],
        ['height', 'INT'],
      ],
    };
    const sampler = {
      inputs: [...plainCanvas.sampler.inputs, ['seed', 'INT', 'widget'], ['steps', 'INT', 'widget']] as const,
    };
    const latent = {
      inputs: [
        ['width', 'INT', 'widget'],
        ['height', 'INT', 'widget'],
      ] as const,
    };
    const wires = rewired(
      [],
      [
        [1, 5, 5, 'seed'],
        [1, 4, 5, 'steps'],
        [1, 3, 4, 'width'],
        [1, 6, 4, 'height'],
      ],
    );
    expect(drawn({ loader: parameters, sampler, latent }, [], wires)).toMatchObject({
      seed: '11',
      steps: 21,
      width: 1216,
      height: 832,
      model: { name: 'base.safetensors' },
    });
  });

  it('WAS: a line break or nothing stood between texts before mid-2023', () => {
    const joined = (widget: string) => {
      const text = (id: number, words: string): CanvasNode => ({
        id,
        type: 'Text Multiline',
        widgets: [words],
        outputs: ['STRING'],
      });
      const join: CanvasNode = {
        id: 22,
        type: 'Text Concatenate',
        widgets: [widget],
        inputs: [
          ['text_a', 'STRING'],
          ['text_b', 'STRING'],
        ],
        outputs: ['STRING'],
      };
      const inputs = [
        ['clip', 'CLIP'],
        ['text', 'STRING', 'widget'],
      ] as const;
      const wires = rewired(
        [],
        [
          [20, 0, 22, 'text_a'],
          [21, 0, 22, 'text_b'],
          [22, 0, 2, 'text'],
        ],
      );
      return drawn({ positive: { inputs } }, [text(20, 'a kite'), text(21, 'a field'), join], wires).prompt;
    };
    expect(joined('false')).toBe('a kitea field');
    expect(joined('true')).toBe('a kite\na field');
  });

  it('WAS: the seed of its sampler comes by a wire', () => {
    const seed: CanvasNode = { id: 15, type: 'Seed', widgets: [11, true], outputs: ['SEED'] };
    const sampler: Partial<CanvasNode> = {
      type: 'KSampler (WAS)',
      widgets: [21, 6.5, 'euler', 'normal', 1],
      inputs: [...plainCanvas.sampler.inputs, ['seed', 'SEED']],
    };
    expect(drawn({ sampler }, [seed], rewired([], [[15, 0, 5, 'seed']]))).toMatchObject({
      seed: '11',
      steps: 21,
    });
  });

  it('Efficiency: the first version had a state and an id before the seed', () => {
    const widgets = ['Sample', 0, 11, true, 21, 6.5, 'euler', 'normal', 1, 'Disabled'];
    expect(drawn({ sampler: { type: 'KSampler (Efficient)', widgets } })).toMatchObject({
      seed: '11',
      steps: 21,
      cfgScale: 6.5,
      sampler: 'euler',
    });
  });

  it('Impact: a regional sampler takes the rest from the run outside of all regions', () => {
    const { generation } = describeApi({
      ...plainNodes,
      pipe: ['ToBasicPipe', { model: ['model', 0], positive: ['positive', 0], negative: ['negative', 0] }],
      base: [
        'KSamplerAdvancedProvider',
        { cfg: 5, sampler_name: 'dpm_fast', scheduler: 'simple', basic_pipe: ['pipe', 0] },
      ],
      sampler: [
        'RegionalSampler',
        { seed: 3, steps: 30, denoise: 1, samples: ['latent', 0], base_sampler: ['base', 0] },
      ],
    });
    expect(generation).toMatchObject({
      prompt: 'a fox',
      seed: '3',
      steps: 30,
      cfgScale: 5,
      sampler: 'dpm_fast',
      model: { name: 'base.safetensors' },
    });
  });

  it('a resolution selector gives a size of a ratio and about as many pixels', () => {
    const size = (aspect: string, megapixels: number, multiple?: number) => {
      const { width, height } = describeApi({
        ...plainNodes,
        select: [
          'ResolutionSelector',
          { aspect_ratio: aspect, megapixels, ...(multiple !== undefined && { multiple }) },
        ],
        latent: ['EmptyLatentImage', { width: ['select', 0], height: ['select', 1], batch_size: 1 }],
      }).generation;
      return [width, height];
    };
    expect(size('1:1 (Square)', 1)).toEqual([1024, 1024]);
    expect(size('16:9 (Widescreen)', 1)).toEqual([1368, 768]);
    expect(size('2:3 (Portrait Photo)', 1, 64)).toEqual([832, 1280]);
  });

  it('a negative seed is none', () => {
    expect('seed' in describeApi({ ...plainNodes, sampler: samplerWith({ seed: -1 }) }).generation).toBe(
      false,
    );
  });
});
