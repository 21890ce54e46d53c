import { describe, expect, it } from 'vitest';
import { userComment } from '../../test/helpers/build-tiff.ts';
import { readDescription } from '../../test/helpers/read-description.ts';
import { exifJpeg, pillowPng } from '../../test/helpers/tool-files.ts';

const graph = {
  'resource-stack': {
    class_type: 'CheckpointLoaderSimple',
    inputs: { ckpt_name: 'urn:air:sdxl:checkpoint:civitai:288584@324619' },
  },
  'resource-stack-1': {
    class_type: 'LoraLoader',
    inputs: {
      lora_name: 'urn:air:sdxl:lora:civitai:82098@87153',
      strength_model: 0.8,
      strength_clip: 1,
      model: ['resource-stack', 0],
      clip: ['resource-stack', 1],
    },
  },
  '6': {
    class_type: 'smZ CLIPTextEncode',
    inputs: { text: 'a heron', parser: 'A1111', clip: ['resource-stack-1', 1] },
  },
  '7': {
    class_type: 'smZ CLIPTextEncode',
    inputs: { text: 'blurry', parser: 'A1111', clip: ['resource-stack-1', 1] },
  },
  '5': { class_type: 'EmptyLatentImage', inputs: { width: 832, height: 1216, batch_size: 1 } },
  '11': {
    class_type: 'KSampler',
    inputs: {
      sampler_name: 'dpmpp_2m',
      scheduler: 'karras',
      seed: 2765337013,
      steps: 30,
      cfg: 5,
      denoise: 1,
      model: ['resource-stack-1', 0],
      positive: ['6', 0],
      negative: ['7', 0],
      latent_image: ['5', 0],
    },
  },
  '13': { class_type: 'VAEDecode', inputs: { samples: ['11', 0], vae: ['resource-stack', 2] } },
  '12': { class_type: 'SaveImage', inputs: { filename_prefix: 'ComfyUI', images: ['13', 0] } },
};

const fromGraph = {
  negativePrompt: 'blurry',
  seed: '2765337013',
  steps: 30,
  cfgScale: 5,
  scheduler: 'karras',
  denoise: 1,
  width: 832,
  height: 1216,
  model: { name: 'urn:air:sdxl:checkpoint:civitai:288584@324619' },
  loras: [{ name: 'urn:air:sdxl:lora:civitai:82098@87153', weight: 0.8, textEncoderWeight: 1 }],
};

describe('Civitai with a ComfyUI graph', () => {
  it('reads the comment of a JPEG whose UTF-16 has the other byte order than its TIFF', () => {
    const extraMetadata = JSON.stringify({
      prompt: '青鷺',
      negativePrompt: 'blurry',
      steps: 30,
      cfgScale: 5,
      sampler: 'DPM++ 2M Karras',
      clipSkip: 2,
      workflowId: 'txt2img',
      resources: [{ modelVersionId: 324619, strength: 1 }],
    });
    const airs = ['urn:air:sdxl:checkpoint:civitai:288584@324619'];
    const text = JSON.stringify({ ...graph, extra: { airs }, extraMetadata });
    const file = exifJpeg({ order: 'little', exif: [userComment(text, 'utf16-big')] });
    expect(readDescription(file)).toEqual({
      generator: 'civitai',
      generation: {
        ...fromGraph,
        prompt: '青鷺',
        sampler: 'DPM++ 2M Karras',
        clipSkip: 2,
        parameters: {
          'VAE source': 'checkpoint',
          workflowId: 'txt2img',
          resources: '[{"modelVersionId": 324619, "strength": 1}]',
          'Civitai resources': 'urn:air:sdxl:checkpoint:civitai:288584@324619',
        },
      },
    });
  });

  it('reads the graph where nothing stands beside it', () => {
    expect(readDescription(pillowPng({ prompt: JSON.stringify(graph) }))).toEqual({
      generator: 'civitai',
      generation: {
        ...fromGraph,
        prompt: 'a heron',
        sampler: 'dpmpp_2m',
        parameters: { 'VAE source': 'checkpoint' },
      },
    });
  });

  it('keeps the id of an embedding whole', () => {
    const named = '(embedding:urn:air:sdxl:embedding:civitai:1@2:1.2), embedding:plain, a heron';
    const text = JSON.stringify({
      ...graph,
      '6': { ...graph['6'], inputs: { ...graph['6'].inputs, text: named } },
    });
    expect(readDescription(pillowPng({ prompt: text })).generation?.embeddings).toEqual([
      { name: 'urn:air:sdxl:embedding:civitai:1@2' },
      { name: 'plain' },
    ]);
  });

  it('reads what was chosen where the graph has no sampler', () => {
    const text = JSON.stringify({
      a: { class_type: 'ImageOnly', inputs: {} },
      extraMetadata: { prompt: 'x', seed: 5, baseModel: 'Flux' },
    });
    expect(readDescription(pillowPng({ prompt: text }))).toEqual({
      generator: 'civitai',
      generation: { prompt: 'x', seed: '5', parameters: { baseModel: 'Flux' } },
    });
  });
});
