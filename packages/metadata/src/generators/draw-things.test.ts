import { describe, expect, it } from 'vitest';
import { userComment } from '../../test/helpers/build-tiff.ts';
import { buildXmp, escapeXml, exifNamespace } from '../../test/helpers/build-xmp.ts';
import { readDescription } from '../../test/helpers/read-description.ts';
import { exifJpeg, xmpJpeg, xmpPng } from '../../test/helpers/tool-files.ts';

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
});
