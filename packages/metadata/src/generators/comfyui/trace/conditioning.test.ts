import { describe, expect, it } from 'vitest';
import {
  describeApi,
  plainNodes,
  samplerWith,
  type ApiNode,
  type ApiNodes,
} from '../../../../test/helpers/comfyui-graphs.ts';

function withPositive(positive: ApiNode, more: ApiNodes = {}): ApiNodes {
  return { ...plainNodes, ...more, positive };
}

/** Both sides of the sampler come through this node. */
function through(node: ApiNode, positive: unknown = ['both', 0], negative: unknown = ['both', 1]): ApiNodes {
  return { ...plainNodes, both: node, sampler: samplerWith({ positive, negative }) };
}

const sides = { positive: ['positive', 0], negative: ['negative', 0] };

describe('the two sides of the conditioning', () => {
  it.each([
    ['ControlNetApplyAdvanced', { strength: 0.7, start_percent: 0, end_percent: 1 }],
    ['ControlNetApplySD3', { strength: 0.7 }],
    ['InpaintModelConditioning', { noise_mask: true }],
    ['InstructPixToPixConditioning', {}],
    ['LTXVConditioning', { frame_rate: 25 }],
    ['SomebodysUnknownApply', { strength: 2 }],
  ])('stay apart in %s', (type, inputs) => {
    const { generation } = describeApi(through([type, { ...sides, ...inputs }]));
    expect([generation.prompt, generation.negativePrompt]).toEqual(['a fox', 'blurry']);
  });

  it('follow the output, not the order of the inputs', () => {
    const crossed = through(['ControlNetApplyAdvanced', { ...sides, strength: 1 }], ['both', 1], ['both', 0]);
    const { generation } = describeApi(crossed);
    expect([generation.prompt, generation.negativePrompt]).toEqual(['blurry', 'a fox']);
  });

  it('record the ControlNet that they pass through', () => {
    const { generation } = describeApi({
      ...through(['ControlNetApplyAdvanced', { ...sides, strength: 0.7, control_net: ['control', 0] }]),
      control: ['ControlNetLoader', { control_net_name: 'canny.pth' }],
    });
    expect(generation.parameters).toMatchObject({ ControlNet: 'canny.pth', 'ControlNet strength': '0.7' });
  });

  it('have no negative text where it was zeroed, and none at all where only a picture went in', () => {
    const zeroed = {
      ...plainNodes,
      negative: ['ConditioningZeroOut', { conditioning: ['positive', 0] }],
    } as const;
    expect(describeApi(zeroed).generation.negativePrompt).toBe('');
    const video = through([
      'SVD_img2vid_Conditioning',
      { width: 1024, height: 576, video_frames: 25, fps: 6 },
    ]);
    expect('prompt' in describeApi(video).generation).toBe(false);
  });
});

describe('texts', () => {
  it('of several encoders are one where they are equal, and kept apart where they differ', () => {
    const size = { width: 1024, height: 1024, clip: ['model', 1] };
    const same = withPositive(['CLIPTextEncodeSDXL', { ...size, text_g: 'one', text_l: 'one ' }]);
    expect(describeApi(same).generation).toMatchObject({ prompt: 'one' });
    expect(describeApi(same).generation.promptSegments).toBeUndefined();
    const two = withPositive(['CLIPTextEncodeSDXL', { ...size, text_g: 'a long landscape', text_l: 'oil' }]);
    expect(describeApi(two).generation).toMatchObject({
      prompt: 'a long landscape',
      promptSegments: [{ text: 'a long landscape', parts: { clip_g: 'a long landscape', clip_l: 'oil' } }],
    });
  });

  it('of Flux bring their guidance along', () => {
    const { generation } = describeApi(
      withPositive(['CLIPTextEncodeFlux', { clip_l: 'x', t5xxl: 'x', guidance: 2.8, clip: ['model', 1] }]),
    );
    expect([generation.guidance, generation.cfgScale]).toEqual([2.8, 7]);
  });

  it('are joined in order, with how, where and when each applies', () => {
    const { generation } = describeApi({
      ...plainNodes,
      sky: ['CLIPTextEncode', { text: 'sky', clip: ['model', 1] }],
      area: [
        'ConditioningSetAreaPercentage',
        { x: 0, y: 0, width: 1, height: 0.5, strength: 1, conditioning: ['sky', 0] },
      ],
      late: ['CLIPTextEncode', { text: 'stars', clip: ['model', 1] }],
      range: ['ConditioningSetTimestepRange', { start: 0.5, end: 1, conditioning: ['late', 0] }],
      combine: ['ConditioningCombine', { conditioning_1: ['positive', 0], conditioning_2: ['area', 0] }],
      concat: ['ConditioningConcat', { conditioning_to: ['combine', 0], conditioning_from: ['range', 0] }],
      sampler: samplerWith({ positive: ['concat', 0] }),
    });
    expect(generation.prompt).toBe('a fox\nsky\nstars');
    expect(generation.promptSegments).toEqual([
      { text: 'a fox', nodeId: 'positive' },
      {
        text: 'sky',
        relation: 'combine',
        area: { x: 0, y: 0, width: 1, height: 0.5, unit: 'fraction' },
        nodeId: 'sky',
      },
      { text: 'stars', relation: 'concat', range: { start: 0.5, end: 1 }, nodeId: 'late' },
    ]);
  });

  it('of GLIGEN boxes come behind the text that they add to, with their place', () => {
    const { generation } = describeApi({
      ...plainNodes,
      box: [
        'GLIGENTextBoxApply',
        {
          text: 'a red ball',
          x: 8,
          y: 16,
          width: 128,
          height: 64,
          conditioning_to: ['positive', 0],
          clip: ['model', 1],
        },
      ],
      sampler: samplerWith({ positive: ['box', 0] }),
    });
    expect(generation.promptSegments?.map(({ text, area }) => [text, area?.x])).toEqual([
      ['a fox', undefined],
      ['a red ball', 8],
    ]);
  });

  it('of picture editing are prompts', () => {
    const edit = withPositive([
      'TextEncodeQwenImageEditPlus',
      { prompt: '背景を夜に', clip: ['model', 1], image1: ['x', 0] },
    ]);
    expect(describeApi(edit).generation.prompt).toBe('背景を夜に');
  });

  it('name the layers that the encoder left out', () => {
    const { generation } = describeApi({
      ...plainNodes,
      skip: ['CLIPSetLastLayer', { stop_at_clip_layer: -2, clip: ['model', 1] }],
      positive: ['CLIPTextEncode', { text: 'a fox', clip: ['skip', 0] }],
    });
    expect(generation.clipSkip).toBe(2);
  });

  it('name embeddings, with and without weights around them', () => {
    const { generation } = describeApi({
      ...withPositive([
        'CLIPTextEncode',
        { text: 'x, (embedding:inkpunk:1.2), embedding:sub/film.pt', clip: ['model', 1] },
      ]),
      negative: ['CLIPTextEncode', { text: 'embedding:inkpunk, email embedding: none', clip: ['model', 1] }],
    });
    expect(generation.embeddings).toEqual([{ name: 'inkpunk' }, { name: 'sub/film.pt' }]);
  });
});

describe('text nodes', () => {
  const from = (node: ApiNode, more: ApiNodes = {}) =>
    describeApi({
      ...plainNodes,
      ...more,
      text: node,
      positive: ['CLIPTextEncode', { text: ['text', 0], clip: ['model', 1] }],
    });

  it.each<[string, ApiNode, string]>([
    ['a text box', ['PrimitiveStringMultiline', { value: 'one\ntwo' }], 'one\ntwo'],
    ['a join', ['StringConcatenate', { string_a: 'a', string_b: 'b', delimiter: ', ' }], 'a, b'],
    ['a replacement', ['StringReplace', { string: 'a+b+c', find: '+', replace: ' ' }], 'a b c'],
    [
      'a plain pattern',
      ['RegexReplace', { string: 'a-b', regex_pattern: '-', replace: '+', case_insensitive: false }],
      'a+b',
    ],
    ['a case', ['CaseConverter', { string: 'LOUD', mode: 'lowercase' }], 'loud'],
    ['a trim', ['StringTrim', { string: '  x ', mode: 'Left' }], 'x'],
    [
      'a member',
      ['JsonExtractString', { json_string: '{"prompt": "from JSON"}', key: 'prompt' }],
      'from JSON',
    ],
    [
      'a join of WAS',
      [
        'Text Concatenate',
        { delimiter: String.raw`\n`, clean_whitespace: 'true', text_a: ' a ', text_b: '', text_c: 'c' },
      ],
      'a\nc',
    ],
    [
      'a box of WAS with comments',
      ['Text Multiline', { text: 'keep\n# not this\nand this' }],
      'keep\nand this',
    ],
    [
      'a join of many',
      [
        'JoinStringMulti',
        { inputcount: 2, string_1: 'x', string_2: 'y', delimiter: ' / ', return_list: false },
      ],
      'x / y',
    ],
    [
      'a function of pysssss',
      [
        'StringFunction|pysssss',
        { action: 'append', tidy_tags: 'yes', text_a: 'a,,', text_b: 'b', text_c: '' },
      ],
      'a, b',
    ],
    [
      'a wildcard that was filled in',
      [
        'ImpactWildcardProcessor',
        { wildcard_text: '__animal__', populated_text: 'a heron', mode: 'populate', seed: 1 },
      ],
      'a heron',
    ],
    ['a box that nobody described', ['My Prompt Box', { prompt: 'from a box' }], 'from a box'],
  ])('%s', (_what, node, text) => {
    const { generation, warnings } = from(node);
    expect([generation.prompt, warnings]).toEqual([text, []]);
  });

  it('choose by a switch whose state is wired itself', () => {
    const { generation } = from(
      ['ComfySwitchNode', { switch: ['on', 0], on_true: ['long', 0], on_false: 'short' }],
      {
        on: ['PrimitiveBoolean', { value: true }],
        long: ['PrimitiveString', { value: 'a long text' }],
      },
    );
    expect(generation.prompt).toBe('a long text');
  });

  it('choose by a number', () => {
    const { generation } = from(['ImpactSwitch', { select: 2, input1: ['a', 0], input2: ['b', 0] }], {
      a: ['PrimitiveString', { value: 'first' }],
      b: ['PrimitiveString', { value: 'second' }],
    });
    expect(generation.prompt).toBe('second');
  });

  it.each<[string, ApiNode]>([
    ['a language model', ['OllamaGenerate', { prompt: 'describe a fox', model: 'llama' }]],
    ['a captioner that nobody described', ['SomeCaptionNode', { image: ['decode', 0], detail: 'high' }]],
    ['a wildcard that was drawn while it ran', ['DPRandomGenerator', { text: '{a|b}', seed: 3 }]],
    [
      'a pattern that would have to be run',
      ['RegexReplace', { string: 'aaa', regex_pattern: '(a+)+$', replace: '' }],
    ],
  ])('of %s are said to be unknown, with the node', (_what, node) => {
    const { generation, warnings } = from(node);
    expect('prompt' in generation).toBe(false);
    expect(generation.negativePrompt).toBe('blurry');
    expect(warnings).toEqual([
      {
        code: 'unresolved',
        message: `the prompt of node sampler comes from node text (${node[0]}), whose text is not stored`,
      },
    ]);
  });

  it('give no half of a text where a wire leads nowhere', () => {
    const { generation, warnings } = from(
      ['StringConcatenate', { string_a: 'masterpiece', string_b: ['open', 0], delimiter: ', ' }],
      {
        open: ['Any Switch (rgthree)', {}],
      },
    );
    expect('prompt' in generation).toBe(false);
    expect(warnings.map(({ code }) => code)).toEqual(['unresolved']);
  });

  it('give no half of a text whose other half is unknown', () => {
    const { generation } = from(
      ['StringConcatenate', { string_a: 'masterpiece', string_b: ['model2', 0], delimiter: ', ' }],
      {
        model2: ['OllamaGenerate', { prompt: 'x' }],
      },
    );
    expect('prompt' in generation).toBe(false);
  });
});

describe('numbers', () => {
  it('come through wires, as the sampler settings do', () => {
    const { generation } = describeApi({
      ...plainNodes,
      seed: ['Seed (rgthree)', { seed: 123 }],
      config: [
        'KSampler Config (rgthree)',
        { steps_total: 33, refiner_step: 20, cfg: 4.5, sampler_name: 'dpmpp_sde', scheduler: 'karras' },
      ],
      sampler: samplerWith({
        seed: ['seed', 0],
        steps: ['config', 0],
        cfg: ['config', 2],
        sampler_name: ['config', 3],
        scheduler: ['config', 4],
      }),
    });
    expect(generation).toMatchObject({
      seed: '123',
      steps: 33,
      cfgScale: 4.5,
      sampler: 'dpmpp_sde',
      scheduler: 'karras',
    });
  });
});
