import { describe, expect, it } from 'vitest';
import { ascii, userComment } from '../../../test/helpers/build-tiff.ts';
import { buildMp4 } from '../../../test/helpers/build-iso.ts';
import { readDescription } from '../../../test/helpers/read-description.ts';
import { readMetadataSync } from '../../read-metadata.ts';
import { exifJpeg, exifWebp, pillowPng } from '../../../test/helpers/tool-files.ts';

const base64 = 'q'.repeat(64);
const uuid = '6f1b0c36-2b4e-4a1d-9a53-0d3f0f4c9b11';
const make = 0x010f;
const software = 0x0131;
const artist = 0x013b;

describe('services that record their name only', () => {
  it.each([
    ['xai', exifJpeg({ ifd0: [ascii(artist, uuid)], exif: [userComment(`Signature: ${base64}`, 'ascii')] })],
    ['xai', exifJpeg({ ifd0: [ascii(0x010e, `Signature: ${base64}==`), ascii(artist, uuid)] })],
    ['xai', exifWebp({ ifd0: [ascii(artist, uuid)], exif: [userComment(`Signature: ${base64}`, 'utf8')] })],
    ['ideogram', exifJpeg({ ifd0: [ascii(make, 'Ideogram AI')] })],
    ['ideogram', exifWebp({ ifd0: [ascii(make, 'Ideogram AI')] })],
    ['ideogram', exifJpeg({ order: 'little', ifd0: [ascii(make, 'Ideogram AI')] })],
    ['reve', exifJpeg({ ifd0: [ascii(software, 'Reve')] })],
    ['reve', exifWebp({ ifd0: [ascii(software, 'reve.art')] })],
    ['reve', pillowPng({ Software: 'Reve Image' })],
    ['luma', exifJpeg({ ifd0: [ascii(software, 'Luma AI')] })],
    ['luma', exifWebp({ ifd0: [ascii(software, 'Luma Photon 1')] })],
    ['luma', pillowPng({ Software: 'Dream Machine' })],
  ] as const)('%s', (generator, file) => {
    expect(readDescription(file)).toEqual({ generator, generation: {} });
  });

  it.each([
    ['a signature without a job', exifJpeg({ exif: [userComment(`Signature: ${base64}`, 'ascii')] })],
    ['another maker', exifJpeg({ ifd0: [ascii(make, 'Ideogram AI Cameras')] })],
    ['a program whose name begins alike', pillowPng({ Software: 'Reverie 3.1' })],
    ['a photo program', pillowPng({ Software: 'Luminar Neo' })],
    ['a prompt that names the service', pillowPng({ Description: 'Luma' })],
  ])('says nothing for %s', (_what, file) => {
    expect(readDescription(file).generator).toBeUndefined();
  });
});

describe('ByteDance', () => {
  const made = { product: 'dreamina', exportType: 'generation', os: 'web', pictureId: '0' };
  const label = { aigc_label_type: 0, source_info: 'dreamina' };
  const json = (value: object) => JSON.stringify(value);

  it.each([
    ['one record', exifWebp({ exif: [userComment(json({ aigc_info: label, data: made }), 'ascii')] })],
    [
      'another product',
      exifJpeg({ exif: [userComment(json({ data: { ...made, product: 'jimeng' } }), 'utf8')] }),
    ],
    ['a record for each part, in a video', buildMp4({ keys: { info: json(label), data: json(made) } })],
    [
      'a label that says so',
      pillowPng({ Comment: json({ aigc_info: { aigc_label_type: 1, source_info: 'capcut' } }) }),
    ],
  ])('reads %s', (_, file) => {
    expect(readMetadataSync(file)).toMatchObject({
      generator: 'bytedance',
      generation: {},
      aiGenerated: { source: expect.stringMatching(/^(?:generator|aigc-label)$/) },
    });
  });

  it('says nothing of what was only edited there', () => {
    const record = {
      aigc_info: { ...label, source_info: 'capcut' },
      data: { ...made, exportType: 'editor' },
    };
    expect(readDescription(pillowPng({ Comment: json(record) })).generator).toBeUndefined();
  });
});
