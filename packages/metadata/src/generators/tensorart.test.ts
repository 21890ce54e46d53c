import { describe, expect, it } from 'vitest';
import { readDescription } from '../../test/helpers/read-description.ts';
import { rawUtf8Png } from '../../test/helpers/tool-files.ts';

const graph = JSON.stringify({
  '2': { class_type: 'ECHOCheckpointLoaderSimple', inputs: { ckpt_name: 'EMS-1234-EMS.safetensors' } },
  '3': { class_type: 'CLIPTextEncode', inputs: { text: '1girl', clip: ['2', 1] } },
  '4': { class_type: 'CLIPTextEncode', inputs: { text: 'EasyNegative', clip: ['2', 1] } },
  '5': { class_type: 'EmptyLatentImage', inputs: { width: 768, height: 1152, batch_size: 1 } },
  '6': {
    class_type: 'KSampler',
    inputs: {
      seed: 2082633841,
      steps: 25,
      cfg: 6,
      sampler_name: 'euler_ancestral',
      scheduler: 'normal',
      denoise: 1,
      model: ['2', 0],
      positive: ['3', 0],
      negative: ['4', 0],
      latent_image: ['5', 0],
    },
  },
  '7': { class_type: 'VAEDecode', inputs: { samples: ['6', 0], vae: ['2', 2] } },
  '8': { class_type: 'SaveImage', inputs: { filename_prefix: 'ECHO', images: ['7', 0] } },
});

const record = {
  models: [
    { label: 'Anything', type: 'BASE_MODEL', modelFileName: 'anything_v5', hash: 'AA' },
    { label: 'Ink', type: 'LORA', modelFileName: 'ink_style', weight: 0.6, hash: 'BB' },
  ],
  prompt: '1girl, 青空',
  negativePrompt: 'EasyNegative',
  width: 768,
  height: 1152,
  imageCount: 1,
  samplerName: 'Euler a',
  steps: 25,
  cfgScale: 6,
  seed: '-1',
  clipSkip: 2,
  baseModel: { modelFileName: 'anything_v5', hash: 'AA' },
  workEngine: 'TAMS_V2',
};

describe('TensorArt', () => {
  it('takes the seed that was drawn from the graph, and all names from the record', () => {
    const file = rawUtf8Png({ generation_data: `${JSON.stringify(record)}\0`, prompt: graph });
    expect(readDescription(file)).toEqual({
      generator: 'tensorart',
      generation: {
        prompt: '1girl, 青空',
        negativePrompt: 'EasyNegative',
        seed: '2082633841',
        steps: 25,
        cfgScale: 6,
        sampler: 'Euler a',
        scheduler: 'normal',
        denoise: 1,
        clipSkip: 2,
        width: 768,
        height: 1152,
        model: { name: 'anything_v5', hash: 'aa' },
        loras: [{ name: 'ink_style', weight: 0.6, hash: 'bb' }],
        parameters: { imageCount: '1', workEngine: 'TAMS_V2' },
      },
    });
  });

  it('reads a record without a graph, with the seed that was asked for', () => {
    const file = rawUtf8Png({ generation_data: JSON.stringify({ ...record, seed: '99', prompt: 'a hut' }) });
    const { generator, generation } = readDescription(file);
    expect([generator, generation?.seed, generation?.prompt]).toEqual(['tensorart', '99', 'a hut']);
  });

  it('has no seed when neither tells it', () => {
    const { baseModel: _base, ...older } = record;
    const { generation } = readDescription(rawUtf8Png({ generation_data: JSON.stringify(older) }));
    expect([generation?.seed, generation?.model?.name]).toEqual([undefined, 'anything_v5']);
  });
});
