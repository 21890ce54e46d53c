import sharp from 'sharp';
import { expect, test } from 'vitest';
import { hideText } from '../../test/helpers/build-stealth.ts';
import { readMetadataSync } from '../read-metadata.ts';

const infotext = 'a cat 猫\nSteps: 9, Seed: 5, Size: 8x8, Version: v1.9.0';

test.each(['pnginfo', 'pngcomp', 'rgbinfo', 'rgbcomp'] as const)(
  'stealth_%s in a lossless WebP, low and tall, at every effort',
  async (kind) => {
    for (const size of [
      { width: 60, height: 50 },
      { width: 24, height: 300 },
    ]) {
      const raw = hideText(infotext, kind, size, 40);
      for (const effort of [0, 3, 6]) {
        const file = await sharp(raw, { raw: { ...size, channels: 4 } })
          .webp({ lossless: true, effort })
          .toBuffer();
        const channel = kind.startsWith('png') ? 'alpha' : 'rgb';
        expect(readMetadataSync(file)).toMatchObject({
          container: 'webp',
          embedded: [{ location: `webp:stealth-${channel}`, key: `stealth_${kind}`, text: infotext }],
          generation: { prompt: 'a cat 猫', seed: '5' },
          warnings: [],
        });
        expect(readMetadataSync(file, { stealth: 'never' }).embedded).toEqual([]);
      }
    }
  },
);

test('pictures without hidden text have none, and are not warned of', async () => {
  const picture = sharp({ create: { width: 80, height: 200, channels: 4, background: '#c0305080' } });
  for (const options of [{ lossless: true }, { lossless: false }]) {
    const file = await picture.clone().webp(options).toBuffer();
    expect(readMetadataSync(file)).toMatchObject({ embedded: [], warnings: [] });
  }
});

test('a picture that has the mark and is cut behind it is a warning', async () => {
  const size = { width: 64, height: 400 };
  const raw = hideText(infotext, 'pnginfo', size);
  raw.forEach((value, at) => {
    if (at % 4 !== 3) raw[at] = (Math.imul(at, 2_654_435_761) >>> 24) ^ value;
  });
  const file = await sharp(raw, { raw: { ...size, channels: 4 } })
    .webp({ lossless: true })
    .toBuffer();
  expect(readMetadataSync(file.subarray(0, file.length - file.length / 4))).toMatchObject({
    generation: undefined,
    warnings: [{ code: 'truncated' }, { code: 'malformed', message: 'A hidden text is damaged.' }],
  });
});
