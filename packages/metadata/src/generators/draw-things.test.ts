import { describe, expect, it } from 'vitest';
import { userComment } from '../../test/helpers/build-tiff.ts';
import { buildXmp, escapeXml, exifNamespace } from '../../test/helpers/build-xmp.ts';
import { readMetadataSync } from '../read-metadata.ts';
import { readDescription } from '../../test/helpers/read-description.ts';
import { exifJpeg, pillowPng, xmpJpeg, xmpPng } from '../../test/helpers/tool-files.ts';

const record = {
  c: 'a "cat" & 夕焼け',
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

/** The packet of Draw Things: the record as comment, the prompt as description, its own name. */
function packet(value: object, description = 'a cat'): Uint8Array {
  const alternatives = (text: string) =>
    `<rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(text)}</rdf:li></rdf:Alt>`;
  return buildXmp(
    {
      exif: exifNamespace,
      dc: 'http://purl.org/dc/elements/1.1/',
      xmp: 'http://ns.adobe.com/xap/1.0/',
    },
    [
      `<dc:description>${alternatives(description)}</dc:description>`,
      `<exif:UserComment>${alternatives(JSON.stringify(value))}</exif:UserComment>`,
      '<xmp:CreatorTool>Draw Things</xmp:CreatorTool>',
    ].join(''),
  );
}

describe('Draw Things', () => {
  it('reads the comment of its XMP packet in a PNG', () => {
    expect(readDescription(xmpPng(packet(record)))).toEqual({
      generator: 'draw-things',
      generation: {
        prompt: 'a "cat" & 夕焼け',
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
    });
  });

  it('reads the LoRAs that only the second form names, in a JPEG', () => {
    const { lora: _lora, ...rest } = record;
    const v2 = { ...record.v2, loras: [{ file: 'ink.ckpt', weight: -0.5 }] };
    const { generator, generation } = readDescription(xmpJpeg(packet({ ...rest, v2 })));
    expect([generator, generation?.loras]).toEqual(['draw-things', [{ name: 'ink.ckpt', weight: -0.5 }]]);
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

  const settings =
    'Steps: 12, Sampler: DDIM, Guidance Scale: 9.0, Seed: 515151, Size: 1152x768, Model: sd.ckpt, Strength: 0.8';

  it.each([
    ['both prompts', 'a tall clock\n-straw, (windy)', 'a tall clock', 'straw, (windy)'],
    ['prompts of several lines', 'a clock\nby a door\n-straw,\nwind', 'a clock\nby a door', 'straw,\nwind'],
    ['no negative prompt', 'a tall clock', 'a tall clock', undefined],
  ])('reads the description where the record is lost: %s', (_, prompts, prompt, negativePrompt) => {
    const text = `${prompts}\n${settings}, Seed Mode: Scale Alike, CLIP Skip: 2, LoRA 1 Model: a.ckpt, LoRA 1 Weight: 0.6, LoRA 2 Model: b.ckpt, LoRA 2 Weight: 1.0`;
    const { generator, generation, alternatives } = readMetadataSync(pillowPng({ Description: text }));
    expect({ generator, generation, alternatives }).toEqual({
      generator: 'draw-things',
      generation: {
        prompt,
        ...(negativePrompt !== undefined && { negativePrompt }),
        seed: '515151',
        steps: 12,
        cfgScale: 9,
        sampler: 'DDIM',
        denoise: 0.8,
        width: 1152,
        height: 768,
        clipSkip: 2,
        model: { name: 'sd.ckpt' },
        loras: [
          { name: 'a.ckpt', weight: 0.6 },
          { name: 'b.ckpt', weight: 1 },
        ],
        parameters: { 'Seed Mode': 'Scale Alike' },
      },
      alternatives: [],
    });
  });

  it('gives the record once, whatever the description beside it says', () => {
    const file = xmpPng(packet(record, `a cat\n-blurry\n${settings}`));
    const { generator, alternatives } = readMetadataSync(file);
    expect([generator, alternatives]).toEqual(['draw-things', []]);
  });
});
