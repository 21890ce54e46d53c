import { describe, expect, it } from 'vitest';
import { buildPng } from '../../../test/helpers/build-png.ts';
import { hideText } from '../../../test/helpers/build-stealth.ts';
import { describeTexts } from '../../../test/helpers/describe-texts.ts';
import { ascii, userComment } from '../../../test/helpers/build-tiff.ts';
import { readDescription } from '../../../test/helpers/read-description.ts';
import { exifWebp, pillowPng } from '../../../test/helpers/tool-files.ts';
import { novelai } from './novelai.ts';

const comment = {
  prompt: '2girls, park, evening',
  steps: 28,
  height: 1216,
  width: 832,
  scale: 5,
  cfg_rescale: 0,
  seed: 3123456789,
  noise_schedule: 'karras',
  sampler: 'k_euler_ancestral',
  uc: 'lowres',
  v4_prompt: {
    caption: {
      base_caption: '2girls, park, evening',
      char_captions: [
        { char_caption: 'girl, red hair', centers: [{ x: 0.3, y: 0.5 }] },
        { char_caption: 'girl, 青い目', centers: [{ x: 0.7, y: 0.5 }] },
      ],
    },
    use_coords: true,
    use_order: true,
  },
  v4_negative_prompt: {
    caption: {
      base_caption: 'lowres, bad anatomy',
      char_captions: [
        { char_caption: 'hat', centers: [{ x: 0.3, y: 0.5 }] },
        { char_caption: '', centers: [{ x: 0.7, y: 0.5 }] },
      ],
    },
  },
  request_type: 'PromptGenerateRequest',
  signed_hash: 'abc==',
};

const version4 = {
  prompt: '2girls, park, evening',
  negativePrompt: 'lowres, bad anatomy',
  seed: '3123456789',
  steps: 28,
  cfgScale: 5,
  sampler: 'k_euler_ancestral',
  scheduler: 'karras',
  width: 832,
  height: 1216,
  model: { name: 'NovelAI Diffusion V4.5', hash: '4bde2a90' },
  characters: [
    { prompt: 'girl, red hair', negativePrompt: 'hat', center: { x: 0.3, y: 0.5 } },
    { prompt: 'girl, 青い目', negativePrompt: '', center: { x: 0.7, y: 0.5 } },
  ],
  parameters: {
    cfg_rescale: '0',
    request_type: 'PromptGenerateRequest',
  },
  generationTime: 3.2,
};

describe('NovelAI', () => {
  it('reads the characters of version 4 from PNG chunks', () => {
    const file = pillowPng({
      Title: 'NovelAI generated image',
      Description: '2girls, park, evening',
      Software: 'NovelAI',
      Source: 'NovelAI Diffusion V4.5 4BDE2A90',
      'Generation time': '3.2',
      Comment: JSON.stringify(comment),
    });
    expect(readDescription(file)).toEqual({ generator: 'novelai', generation: version4 });
  });

  it('reads the same from the envelope of a WebP, whose comment is JSON in JSON', () => {
    const envelope = {
      Comment: JSON.stringify(comment),
      Description: '2girls, park, evening',
      'Generation time': '3.2',
      Software: 'NovelAI',
      Source: 'NovelAI Diffusion V4.5 4BDE2A90',
      Title: 'NovelAI generated image',
    };
    const file = exifWebp({
      ifd0: [
        ascii(0x010d, 'NovelAI generated image'),
        ascii(0x010e, '\0\0\0\x002girls, park, evening'),
        ascii(0x0131, 'NovelAI Diffusion V4.5 4BDE2A90'),
      ],
      exif: [userComment(JSON.stringify(envelope), 'ascii')],
    });
    expect(readDescription(file)).toEqual({ generator: 'novelai', generation: version4 });
  });

  it('reads the envelope of the alpha channel once when the chunks say the same', () => {
    const texts = [
      { location: 'png:tEXt', key: 'Software', text: 'NovelAI' },
      { location: 'png:tEXt', key: 'Comment', text: JSON.stringify(comment) },
      { location: 'png:stealth', key: '', text: JSON.stringify({ Software: 'NovelAI', Comment: comment }) },
    ] as const;
    expect(describeTexts(novelai, texts).descriptions).toHaveLength(1);
    const [hidden] = describeTexts(novelai, texts.slice(2)).descriptions;
    expect(hidden?.generation.characters).toHaveLength(2);
  });

  it('reads what is hidden in the alpha channel of a picture that lost its texts', () => {
    const size = { width: 96, height: 96 };
    const envelope = {
      Software: 'NovelAI',
      Source: 'NovelAI Diffusion V4.5 4BDE2A90',
      'Generation time': '3.2',
      Comment: JSON.stringify(comment),
    };
    const rgba = hideText(JSON.stringify(envelope), 'pngcomp', size, 24);
    expect(readDescription(buildPng({ ...size, rgba }))).toEqual({
      generator: 'novelai',
      generation: version4,
    });
  });

  it('leaves out places that the model chose itself', () => {
    const free = { ...comment, v4_prompt: { ...comment.v4_prompt, use_coords: false } };
    const { generation } = readDescription(pillowPng({ Software: 'NovelAI', Comment: JSON.stringify(free) }));
    expect(generation?.characters).toEqual([
      { prompt: 'girl, red hair', negativePrompt: 'hat' },
      { prompt: 'girl, 青い目', negativePrompt: '' },
    ]);
  });

  it('takes the prompt of the first files from the description', () => {
    const file = pillowPng({
      Description: 'дом у моря',
      Software: 'NovelAI',
      Source: 'Stable Diffusion 81274D13',
      Comment: '{"steps": 28, "sampler": "ddim", "seed": 5, "strength": 0.7, "scale": 11.0, "uc": ""}',
    });
    expect(readDescription(file)).toEqual({
      generator: 'novelai',
      generation: {
        prompt: 'дом у моря',
        negativePrompt: '',
        seed: '5',
        steps: 28,
        cfgScale: 11,
        sampler: 'ddim',
        denoise: 0.7,
        model: { name: 'Stable Diffusion', hash: '81274d13' },
      },
    });
  });

  it('leaves a comment of another program alone', () => {
    const file = pillowPng({ Comment: '{"sampler": "x", "seed": 1}', Software: 'Other' });
    expect(readDescription(file).generator).toBeUndefined();
  });
});
