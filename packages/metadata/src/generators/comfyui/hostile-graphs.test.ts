import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  apiGraph,
  circlesOfUnknownNodes,
  describeApi,
  describeChunks,
  numberedNodes,
  plainNodes,
  samplerWith,
  type ApiNode,
  type ApiNodes,
} from '../../../test/helpers/comfyui-graphs.ts';

describe('graphs that were made to hurt', () => {
  it('end where wires run in a circle', () => {
    const circle: ApiNodes = {
      ...plainNodes,
      a: ['Reroute (rgthree)', { '': ['b', 0] }],
      b: ['Reroute (rgthree)', { '': ['a', 0] }],
      text: ['StringConcatenate', { string_a: ['text', 0], string_b: 'x', delimiter: '' }],
      positive: ['ConditioningCombine', { conditioning_1: ['positive', 0], conditioning_2: ['words', 0] }],
      words: ['CLIPTextEncode', { text: ['text', 0], clip: ['model', 1] }],
      up: ['LatentUpscaleBy', { scale_by: 2, samples: ['sampler', 0] }],
      sampler: samplerWith({ model: ['a', 0], latent_image: ['up', 0] }),
    };
    const { generation } = describeApi(circle);
    expect('prompt' in generation).toBe(false);
    expect(generation).toMatchObject({ negativePrompt: 'blurry', seed: '1' });
  });

  it('end where a text would double a hundred times', () => {
    const doubled = numberedNodes(100, (index) => [
      'StringConcatenate',
      index === 0
        ? { string_a: 'xx', string_b: 'xx', delimiter: '' }
        : { string_a: [`n${index - 1}`, 0], string_b: [`n${index - 1}`, 0], delimiter: '' },
    ]);
    const { generation, warnings } = describeApi({
      ...plainNodes,
      ...doubled,
      positive: ['CLIPTextEncode', { text: ['n99', 0], clip: ['model', 1] }],
    });
    expect('prompt' in generation).toBe(false);
    expect(warnings.map(({ code }) => code)).toEqual(['unresolved']);
  });

  it('end where every context has two before it', () => {
    const merges = numberedNodes(60, (index) => [
      'Context Merge (rgthree)',
      index === 0
        ? {}
        : { ctx_01: [`n${index - 1}`, 0], ctx_02: [`n${index - 1}`, 0], ctx_03: [`n${index - 1}`, 0] },
    ]);
    const { warnings } = describeApi({
      ...plainNodes,
      ...merges,
      sampler: samplerWith({ model: ['n59', 1] }),
    });
    expect(warnings.map(({ code }) => code)).toEqual(['limit-exceeded']);
  });

  it('are followed for four hundred nodes and no further', () => {
    const patches = (count: number) => ({
      ...plainNodes,
      ...numberedNodes(count, (index) => [
        'Reroute (rgthree)',
        { '': index === 0 ? ['model', 0] : [`n${index - 1}`, 0] },
      ]),
      sampler: samplerWith({ model: [`n${count - 1}`, 0] }),
    });
    expect(describeApi(patches(300)).generation.model?.name).toBe('base.safetensors');
    const far = describeApi(patches(20_000));
    expect('model' in far.generation).toBe(false);
    expect(far.warnings.map(({ code }) => code)).toEqual(['limit-exceeded']);
  });

  it('end where every switch waits for another at the end of a long wire', () => {
    const levels = 48;
    const length = 390;
    const wire = (level: number, index: number): ApiNode => {
      if (index < length) return ['Reroute (rgthree)', { '': [`w${level}_${index + 1}`, 0] }];
      const next = level + 1 < levels ? [`w${level + 1}_0`, 0] : true;
      return ['ComfySwitchNode', { switch: next, on_true: ['positive', 0], on_false: ['negative', 0] }];
    };
    const wires = Array.from({ length: levels }, (_, level) =>
      Array.from(
        { length: length + 1 },
        (_node, index) => [`w${level}_${index}`, wire(level, index)] as const,
      ),
    );
    const { warnings } = describeApi({
      ...plainNodes,
      ...Object.fromEntries(wires.flat()),
      sampler: samplerWith({ positive: ['w0_0', 0] }),
    });
    expect(warnings.map(({ code }) => code)).toContain('limit-exceeded');
  });

  it('are opened a thousand times where each subgraph holds the next one twice', () => {
    const doubled = (level: number) => ({
      id: `s${level}`,
      nodes: [1, 2].map((id) => ({ id, type: `s${level + 1}` })),
      links: Array.from({ length: 500 }, (_, id) => [id, 1, 0, 2, 0, '*']),
    });
    const workflow = {
      nodes: [{ id: 1, type: 's0' }],
      links: [],
      definitions: { subgraphs: Array.from({ length: 16 }, (_, level) => doubled(level)) },
    };
    const { generations, warnings } = describeChunks({ workflow: JSON.stringify(workflow) });
    expect([generations, warnings.map(({ code }) => code)]).toEqual([[{}], ['limit-exceeded', 'unresolved']]);
  });

  it('of ten thousand unknown classes in circles are followed within the limits', () => {
    const { generations, warnings } = describeApi(circlesOfUnknownNodes(10_000));
    expect(generations.length).toBeLessThanOrEqual(1);
    expect(warnings.map(({ code }) => code)).toContain('limit-exceeded');
  });

  it('of ten thousand nodes with values that do not fit their names compare only some of them', () => {
    const names = Array.from({ length: 25 }, (_, index) => `w${index}`);
    const node = (id: number) => ({
      id,
      type: `Unknown ${id % 50}`,
      inputs: names.map((name) => ({ name, type: 'COMBO', link: null, widget: { name } })),
      outputs: [{ name: 'MODEL', type: 'MODEL' }],
      widgets_values: Array.from({ length: 40 }, (_, index) => index),
    });
    const workflow = { nodes: Array.from({ length: 10_000 }, (_, id) => node(id)), links: [] };
    const { generations } = describeChunks({ workflow: JSON.stringify(workflow) });
    expect(generations).toEqual([{}]);
  });

  it('have at most a thousand inputs of a node read', () => {
    const inputs = Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`note_${index}`, 'x']));
    const { generation, warnings } = describeApi({ ...plainNodes, notes: ['Unknown', inputs] });
    expect([generation.prompt, warnings.map(({ code }) => code)]).toEqual(['a fox', ['limit-exceeded']]);
  });

  it('have at most 64 sampler runs described', () => {
    const runs = numberedNodes(500, (index) =>
      samplerWith({ seed: index, latent_image: index === 0 ? ['latent', 0] : [`n${index - 1}`, 0] }),
    );
    const { generation, warnings } = describeApi({
      ...plainNodes,
      ...runs,
      decode: ['VAEDecode', { samples: ['n499', 0], vae: ['model', 2] }],
    });
    expect(generation.stages?.length ?? 1).toBeLessThanOrEqual(64);
    expect(warnings.some(({ code }) => code === 'limit-exceeded')).toBe(true);
  });

  it('are not tripped over names of every object', () => {
    const nodes = JSON.parse(apiGraph(plainNodes)) as Record<string, unknown>;
    const text = JSON.stringify({
      ...nodes,
      constructor: { class_type: 'toString', inputs: { hasOwnProperty: ['__proto__', 0] } },
      valueOf: { class_type: 'constructor', inputs: {} },
    });
    expect(
      describeChunks({ prompt: text.replace('{', '{"__proto__": {"class_type": "KSampler", "inputs": {}},') })
        .generation.prompt,
    ).toBe('a fox');
  });

  it('of any shape are read without an error', () => {
    const json = fc.jsonValue({ maxDepth: 2 });
    const node = fc.record(
      {
        class_type: fc.constantFrom(
          'KSampler',
          'SaveImage',
          'CLIPTextEncode',
          'Reroute (rgthree)',
          'ImpactSwitch',
          'Power Lora Loader (rgthree)',
          'x',
        ),
        inputs: fc.dictionary(
          fc.constantFrom(
            'model',
            'positive',
            'text',
            'images',
            'latent_image',
            'select',
            'input1',
            'lora_1',
            'seed',
            '',
          ),
          fc.oneof(json, fc.tuple(fc.constantFrom('1', '2', '3'), fc.nat(4))),
        ),
        type: fc.constantFrom('KSampler', 'SaveImage', 'Reroute', 'SetNode', 'GetNode', 'workflow/x', 'sub'),
        id: fc.constantFrom(1, 2, 3, '1', -10),
        mode: fc.constantFrom(0, 2, 4),
        widgets_values: json,
        outputs: fc.array(fc.record({ name: fc.string(), type: fc.constantFrom('MODEL', '*') }), {
          maxLength: 2,
        }),
      },
      { requiredKeys: [] },
    );
    const list = fc.array(node, { maxLength: 4 });
    const links = fc.array(
      fc.tuple(fc.nat(4), fc.nat(3), fc.nat(2), fc.nat(3), fc.nat(2), fc.constant('*')),
      { maxLength: 8 },
    );
    const workflow = fc.record({
      nodes: list,
      links,
      definitions: fc.record({
        subgraphs: fc.array(fc.record({ id: fc.constant('sub'), nodes: list, links }), { maxLength: 2 }),
      }),
      extra: fc.record({
        groupNodes: fc.record({ x: fc.record({ nodes: list, links: json }) }),
        ue_links: json,
      }),
    });
    const executed = fc.dictionary(fc.constantFrom('1', '2', '3'), node);
    const property = fc.property(executed, workflow, (prompt, canvas) => {
      const { generations } = describeChunks({
        prompt: JSON.stringify(prompt),
        workflow: JSON.stringify(canvas),
      });
      return Array.isArray(generations);
    });
    expect(fc.check(property, { numRuns: 300 }).failed).toBe(false);
  });
});
