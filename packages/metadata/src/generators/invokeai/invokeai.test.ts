import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeTexts } from '../../../test/helpers/describe-texts.ts';
import { readDescription } from '../../../test/helpers/read-description.ts';
import { pillowPng } from '../../../test/helpers/tool-files.ts';
import { invokeai } from './invokeai.ts';

describe('InvokeAI 3 and later', () => {
  it('reads version 3 with names of its own, LoRAs, refiner and style prompt', () => {
    const record = {
      app_version: '3.4.0',
      generation_mode: 'sdxl_txt2img',
      positive_prompt: '猫と月',
      negative_prompt: '',
      positive_style_prompt: 'ukiyo-e',
      width: 832,
      height: 1216,
      seed: 4294967295,
      cfg_scale: 7.5,
      steps: 30,
      scheduler: 'dpmpp_2m_k',
      clip_skip: 1,
      model: { model_name: 'sdxl-base', base_model: 'sdxl', model_type: 'main' },
      vae: { model_name: 'sdxl-vae-fix', base_model: 'sdxl' },
      loras: [{ lora: { model_name: 'ink', base_model: 'sdxl' }, weight: 0.75 }],
      refiner_model: { model_name: 'sdxl-refiner', base_model: 'sdxl-refiner' },
      refiner_steps: 20,
      refiner_cfg_scale: 6,
      refiner_scheduler: 'euler',
      refiner_start: 0.8,
    };
    expect(readDescription(pillowPng({ invokeai_metadata: JSON.stringify(record) }))).toEqual({
      generator: 'invokeai',
      generation: {
        prompt: '猫と月',
        negativePrompt: '',
        seed: '4294967295',
        steps: 30,
        cfgScale: 7.5,
        sampler: 'dpmpp_2m_k',
        clipSkip: 2,
        width: 832,
        height: 1216,
        model: { name: 'sdxl-base' },
        vae: 'sdxl-vae-fix',
        loras: [{ name: 'ink', weight: 0.75 }],
        stages: [
          {
            role: 'base',
            seed: '4294967295',
            steps: 30,
            cfgScale: 7.5,
            sampler: 'dpmpp_2m_k',
            model: { name: 'sdxl-base' },
          },
          {
            role: 'refiner',
            model: { name: 'sdxl-refiner' },
            steps: 20,
            cfgScale: 6,
            sampler: 'euler',
            denoise: 0.2,
          },
        ],
        version: '3.4.0',
        parameters: { generation_mode: 'sdxl_txt2img', 'Style prompt': 'ukiyo-e' },
      },
    });
  });

  it('reads version 5 with hashes and guidance', () => {
    const record = {
      generation_mode: 'flux_txt2img',
      app_version: '5.6.0',
      positive_prompt: 'a lighthouse',
      seed: 12,
      guidance: 3.5,
      steps: 28,
      model: { key: 'k', hash: 'BLAKE3:AA11', name: 'FLUX Dev', base: 'flux', type: 'main' },
      loras: [{ model: { key: 'l', hash: 'blake3:bb', name: 'film' }, weight: 1 }],
    };
    expect(readDescription(pillowPng({ invokeai_metadata: JSON.stringify(record) }))).toEqual({
      generator: 'invokeai',
      generation: {
        prompt: 'a lighthouse',
        seed: '12',
        steps: 28,
        guidance: 3.5,
        model: { name: 'FLUX Dev', hash: 'blake3:aa11' },
        loras: [{ name: 'film', weight: 1, hash: 'blake3:bb' }],
        version: '5.6.0',
        parameters: { generation_mode: 'flux_txt2img' },
      },
    });
  });

  it('derives from the graph what was not recorded', () => {
    const node = (id: string, type: string, values: object) => [id, { id, type, ...values }] as const;
    const edge = (from: string, fromField: string, to: string, field: string) => ({
      source: { node_id: from, field: fromField },
      destination: { node_id: to, field },
    });
    const graph = {
      id: 'g',
      nodes: Object.fromEntries([
        node('model', 'sdxl_model_loader', { model: { name: 'juggernaut', hash: 'h1' } }),
        node('text', 'string', { value: 'a red barn' }),
        node('positive', 'sdxl_compel_prompt', { style: '' }),
        node('negative', 'sdxl_compel_prompt', { prompt: 'people' }),
        node('collect', 'collect', {}),
        node('seed', 'integer', { value: 77 }),
        node('noise', 'noise', { width: 1024, height: 1024 }),
        node('lora', 'sdxl_lora_loader', { lora: { name: 'x' }, weight: 1 }),
        node('denoise', 'denoise_latents', { steps: 25, cfg_scale: 6, scheduler: 'unipc' }),
      ]),
      edges: [
        edge('text', 'value', 'positive', 'prompt'),
        edge('positive', 'conditioning', 'collect', 'item'),
        edge('collect', 'collection', 'denoise', 'positive_conditioning'),
        edge('negative', 'conditioning', 'denoise', 'negative_conditioning'),
        edge('seed', 'value', 'noise', 'seed'),
        edge('noise', 'noise', 'denoise', 'noise'),
        edge('model', 'unet', 'lora', 'unet'),
        edge('lora', 'unet', 'denoise', 'unet'),
      ],
    };
    expect(readDescription(pillowPng({ invokeai_graph: JSON.stringify(graph) }))).toEqual({
      generator: 'invokeai',
      generation: {
        prompt: 'a red barn',
        negativePrompt: 'people',
        seed: '77',
        steps: 25,
        cfgScale: 6,
        sampler: 'unipc',
        model: { name: 'juggernaut', hash: 'h1' },
      },
    });
  });

  it.each([
    ['of a random node is not known', { type: 'rand_int', low: 0, high: 9 }, [], undefined],
    ['of a value node is its value', { type: 'integer', value: 77 }, [], '77'],
    ['is calculated', { type: 'add', a: 0, b: 4 }, [['v', 'value', 's', 'a']], '81'],
    ['of the only item is that item', { type: 'iterate' }, [['r1', 'collection', 's', 'collection']], '77'],
    [
      'of one item of several is not known',
      { type: 'iterate' },
      [['r4', 'collection', 's', 'collection']],
      undefined,
    ],
    ['in a circle is not known', { type: 'add', a: 0, b: 4 }, [['s', 'value', 's', 'a']], undefined],
  ] as const)('a seed that is wired: one %s', (_, source, wires, seed) => {
    const edge = ([from, fromField, to, field]: readonly string[]) => ({
      source: { node_id: from, field: fromField },
      destination: { node_id: to, field },
    });
    const graph = {
      nodes: {
        v: { type: 'integer', value: 77 },
        r1: { type: 'range_of_size', start: 1, size: 1, step: 1 },
        r4: { type: 'range_of_size', start: 1, size: 4, step: 1 },
        s: source,
        noise: { type: 'noise', seed: 0 },
        denoise: { type: 'denoise_latents', steps: 25, seed: 12 },
        core: { type: 'core_metadata', seed: 0, positive_prompt: 'a barn' },
      },
      edges: [
        ...wires.map(edge),
        edge(['v', 'value', 'r1', 'start']),
        edge(['s', source.type === 'iterate' ? 'item' : 'value', 'noise', 'seed']),
        edge(['s', source.type === 'iterate' ? 'item' : 'value', 'core', 'seed']),
        edge(['noise', 'noise', 'denoise', 'noise']),
      ],
    };
    const { generation } = readDescription(pillowPng({ invokeai_graph: JSON.stringify(graph) }));
    expect(generation).toMatchObject({ prompt: 'a barn', steps: 25 });
    expect(generation?.seed).toBe(seed);
  });

  it('reads a record beside the picture, and no other JSON that knows a model', () => {
    const beside = (record: object) =>
      describeTexts(invokeai, [{ location: 'sidecar:json', key: '', text: JSON.stringify(record) }])
        .descriptions;
    const [found] = beside({
      generation_mode: 'txt2img',
      positive_prompt: 'x',
      seed: 3,
      model: { name: 'm' },
    });
    expect(found?.generation).toMatchObject({ prompt: 'x', seed: '3', model: { name: 'm' } });
    expect(beside({ model: { name: 'm' }, version: 1 })).toEqual([]);
    expect(beside({ nodes: { a: { type: 'denoise_latents', steps: 3 } } })).toEqual([]);
  });

  it('says nothing for a graph of the editor that describes no picture', () => {
    const graph = JSON.stringify({ nodes: { a: { type: 'add', a: 1, b: 2 } }, edges: [] });
    expect(readDescription(pillowPng({ invokeai_graph: graph })).generator).toBeUndefined();
  });
});

describe('InvokeAI 2', () => {
  const file = (prompt: unknown) =>
    pillowPng({
      'sd-metadata': JSON.stringify({
        model: 'stable diffusion',
        model_weights: 'sd-1.5',
        model_hash: 'CC6CB27103',
        app_id: 'invoke-ai/InvokeAI',
        app_version: '2.2.5',
        image: {
          prompt,
          steps: 20,
          cfg_scale: 7.5,
          seed: 42,
          width: 512,
          height: 640,
          sampler: 'ddim',
          type: 'txt2img',
        },
      }),
    });

  it('takes a prompt that is a text, and the negative out of its brackets', () => {
    expect(readDescription(file('a [blurry] dog [ugly] running'))).toEqual({
      generator: 'invokeai',
      generation: {
        prompt: 'a dog running',
        negativePrompt: 'blurry ugly',
        seed: '42',
        steps: 20,
        cfgScale: 7.5,
        sampler: 'ddim',
        width: 512,
        height: 640,
        model: { name: 'sd-1.5', hash: 'cc6cb27103' },
        version: '2.2.5',
        parameters: { type: 'txt2img' },
      },
    });
  });

  it('keeps the weights of a prompt that is a list', () => {
    const { generation } = readDescription(
      file([
        { prompt: 'forêt', weight: 1 },
        { prompt: 'brume', weight: 0.5 },
      ]),
    );
    expect(generation?.prompt).toBe('forêt\nbrume');
    expect(generation?.promptSegments).toEqual([
      { text: 'forêt', weight: 1 },
      { text: 'brume', relation: 'average', weight: 0.5 },
    ]);
  });
});

describe('InvokeAI 1', () => {
  it('ends the prompt at the quote that a switch follows, not at the first', () => {
    const text =
      '"a sign that says "open" [closed]" -s50 -S 2980747362 -W512 -H768 -C7.5 -A k_euler_a -f 0.6';
    expect(readDescription(pillowPng({ Dream: text }))).toEqual({
      generator: 'invokeai',
      generation: {
        prompt: 'a sign that says "open"',
        negativePrompt: 'closed',
        seed: '2980747362',
        steps: 50,
        cfgScale: 7.5,
        sampler: 'k_euler_a',
        denoise: 0.6,
        width: 512,
        height: 768,
      },
    });
  });

  it('understands long switches, switches without a value and quoted values', () => {
    const text = '"雪山" --steps 30 --seed=5 --cfg_scale 9 --seamless -I "my picture.png" -U 2 0.75';
    expect(readDescription(pillowPng({ Dream: text })).generation).toEqual({
      prompt: '雪山',
      negativePrompt: '',
      seed: '5',
      steps: 30,
      cfgScale: 9,
      parameters: { seamless: '', init_img: 'my picture.png', upscale: '2 0.75' },
    });
  });

  it('takes a prompt without any switch', () => {
    expect(readDescription(pillowPng({ Dream: '"only words"' })).generation).toEqual({
      prompt: 'only words',
      negativePrompt: '',
    });
  });

  it('gives back every prompt that holds no bracket and no quote before a switch', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', '"', ',', '-', ' ', '猫') }),
        fc.nat(),
        (words, seed) => {
          const prompt = words
            .replaceAll(/"(?=\s+-)/g, '')
            .replaceAll(/ {2,}/g, ' ')
            .trim();
          const text = `"${prompt}" -s 20 -S ${seed}`;
          const { generation } = readDescription(pillowPng({ Dream: text }));
          expect([generation?.prompt, generation?.seed]).toEqual([prompt, String(seed)]);
        },
      ),
    );
  });
});
