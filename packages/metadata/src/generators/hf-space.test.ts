import { describe, expect, it } from 'vitest';
import { userComment } from '../../test/helpers/build-tiff.ts';
import { readDescription } from '../../test/helpers/read-description.ts';
import { exifJpeg, pillowPng } from '../../test/helpers/tool-files.ts';

const record = {
  prompt: '1girl, 桜, masterpiece',
  negative_prompt: 'lowres',
  resolution: '832 x 1216',
  guidance_scale: 7,
  num_inference_steps: 28,
  seed: 1977778126,
  sampler: 'Euler a',
  sdxl_style: '(None)',
  add_quality_tags: true,
  use_upscaler: null,
  Model: 'Animagine XL 3.1',
  'Model hash': 'E3C47AEDB0',
};

describe('Hugging Face Spaces', () => {
  it('reads the PNG of Animagine', () => {
    expect(readDescription(pillowPng({ parameters: JSON.stringify(record) }))).toEqual({
      generator: 'hf-space',
      generation: {
        prompt: '1girl, 桜, masterpiece',
        negativePrompt: 'lowres',
        seed: '1977778126',
        steps: 28,
        cfgScale: 7,
        sampler: 'Euler a',
        width: 832,
        height: 1216,
        model: { name: 'Animagine XL 3.1', hash: 'e3c47aedb0' },
        parameters: { sdxl_style: '(None)', add_quality_tags: 'true' },
      },
    });
  });

  it('reads a model that is an object', () => {
    const { Model: name, 'Model hash': hash, ...rest } = record;
    const text = JSON.stringify({ ...rest, Model: { Model: name, 'Model hash': hash } });
    expect(readDescription(pillowPng({ parameters: text })).generation?.model).toEqual({
      name: 'Animagine XL 3.1',
      hash: 'e3c47aedb0',
    });
  });

  it('reads the second pass of an enlarged picture', () => {
    const enlarged = {
      ...record,
      prompt: 'a house',
      use_upscaler: {
        upscale_method: 'nearest-exact',
        upscaler_strength: 0.55,
        upscale_by: 1.5,
        new_resolution: '1248 x 1824',
      },
    };
    expect(
      readDescription(pillowPng({ parameters: JSON.stringify(enlarged) })).generation?.stages?.[1],
    ).toEqual({
      role: 'hires',
      upscaler: 'nearest-exact',
      denoise: 0.55,
      upscaleBy: 1.5,
      width: 1248,
      height: 1824,
    });
  });

  it('reads a converted JPEG without model or quality switches', () => {
    const text = JSON.stringify({
      prompt: 'дом',
      negative_prompt: '',
      resolution: '1024x1024',
      guidance_scale: 5.5,
      num_inference_steps: 20,
      seed: 0,
      sampler: 'DDIM',
    });
    const file = exifJpeg({ exif: [userComment(text, 'utf16-big')] });
    expect(readDescription(file)).toEqual({
      generator: 'hf-space',
      generation: {
        prompt: 'дом',
        negativePrompt: '',
        seed: '0',
        steps: 20,
        cfgScale: 5.5,
        sampler: 'DDIM',
        width: 1024,
        height: 1024,
      },
    });
  });
});
