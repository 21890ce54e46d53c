import { describe, expect, it } from 'vitest';
import { userComment } from '../../test/helpers/build-tiff.ts';
import { describeTexts } from '../../test/helpers/describe-texts.ts';
import { readDescription } from '../../test/helpers/read-description.ts';
import { exifJpeg } from '../../test/helpers/tool-files.ts';
import { drawThings } from './draw-things.ts';

const record = {
  c: 'a cat, 夕焼け',
  uc: 'blurry',
  model: 'sd_xl_base_1.0_f16.ckpt',
  sampler: 'DPM++ 2M Karras',
  scale: 7.5,
  seed: 1077453846,
  seed_mode: 'Scale Alike',
  size: '960x1280',
  steps: 30,
  strength: 1,
  lora: [{ model: 'lcm_f16.ckpt', weight: 0.6 }],
  v2: { guidanceScale: 7.5, width: 960, height: 1280, clipSkip: 2, hiresFix: false },
};

describe('Draw Things', () => {
  it('reads the comment of its XMP packet', () => {
    const text = JSON.stringify(record);
    const { descriptions } = describeTexts(drawThings, [
      { location: 'png:xmp', key: 'exif:UserComment', text },
    ]);
    expect(descriptions).toEqual([
      {
        generator: 'draw-things',
        generation: {
          prompt: 'a cat, 夕焼け',
          negativePrompt: 'blurry',
          seed: '1077453846',
          steps: 30,
          cfgScale: 7.5,
          sampler: 'DPM++ 2M Karras',
          denoise: 1,
          width: 960,
          height: 1280,
          clipSkip: 2,
          model: { name: 'sd_xl_base_1.0_f16.ckpt' },
          loras: [{ name: 'lcm_f16.ckpt', weight: 0.6 }],
          parameters: { hiresFix: 'false', seed_mode: 'Scale Alike' },
        },
      },
    ]);
  });

  it('reads the LoRAs that only the second form names', () => {
    const { lora: _lora, ...rest } = record;
    const text = JSON.stringify({
      ...rest,
      v2: { ...record.v2, loras: [{ file: 'ink.ckpt', weight: -0.5 }] },
    });
    const [description] = describeTexts(drawThings, [{ location: 'jpeg:xmp', key: '', text }]).descriptions;
    expect(description?.generation.loras).toEqual([{ name: 'ink.ckpt', weight: -0.5 }]);
  });

  it('reads a record without the second form that was moved into EXIF', () => {
    const text = JSON.stringify({
      c: 'river',
      uc: '',
      sampler: 'Euler a',
      scale: 4,
      seed: 4294967295,
      size: '512x512',
      steps: 8,
    });
    const file = exifJpeg({ exif: [userComment(text, 'utf16-little')], order: 'little' });
    expect(readDescription(file)).toEqual({
      generator: 'draw-things',
      generation: {
        prompt: 'river',
        negativePrompt: '',
        seed: '4294967295',
        steps: 8,
        cfgScale: 4,
        sampler: 'Euler a',
        width: 512,
        height: 512,
      },
    });
  });
});
