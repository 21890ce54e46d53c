import sharp from 'sharp';
import { expect, test } from 'vitest';
import { jumbfPackets, manifest, manifestStore } from '../../test/helpers/build-c2pa.ts';
import { buildGif } from '../../test/helpers/build-gif.ts';
import { buildJpeg, jpegSegment } from '../../test/helpers/build-jpeg.ts';
import { buildPng, internationalTextChunk, pngChunk, textChunk } from '../../test/helpers/build-png.ts';
import { hideBytes, hideText } from '../../test/helpers/build-stealth.ts';
import { buildWebp, riffChunk } from '../../test/helpers/build-webp.ts';
import { buildXmp, iptcNamespace } from '../../test/helpers/build-xmp.ts';
import { readMetadataSync } from '../read-metadata.ts';
import { stripMetadata, writeMetadata } from './write-metadata.ts';

const infotext = 'a cat 猫\nSteps: 9, Seed: 5, Size: 8x8, Version: v1.9.0';
const read = (file: Uint8Array) => readMetadataSync(file, { stealth: 'always', exif: true });
const raw = (file: Uint8Array) => sharp(file).raw().toBuffer();
const refused = (code: string) => expect.objectContaining({ name: 'MetadataError', code });

const sizes = [
  { width: 60, height: 50 },
  { width: 24, height: 300 },
];

test.each(['pnginfo', 'pngcomp', 'rgbinfo', 'rgbcomp'] as const)(
  'stealth_%s leaves a PNG with the lowest bits of its channel, and with nothing else',
  async (kind) => {
    for (const size of sizes) {
      for (const options of [{}, { adaptiveFiltering: true }]) {
        const rgba = hideText(infotext, kind, size, 40);
        const file = await sharp(rgba, { raw: { ...size, channels: 4 } })
          .png(options)
          .toBuffer();
        expect(read(file).embedded).toHaveLength(1);
        const stripped = stripMetadata(file);
        expect(read(stripped)).toMatchObject({ ...size, embedded: [], warnings: [] });
        const [before, after] = [await raw(file), await raw(stripped)];
        const isAlpha = kind.startsWith('png');
        before.forEach((value, at) => {
          if ((at % 4 === 3) !== isAlpha) expect(after[at]).toBe(value);
          else expect(after[at]).toBe(isAlpha && value >= 254 ? 255 : value & 0xfe);
        });
      }
    }
  },
);

test('a text that is hidden in RGB without alpha is cleared too, and so is a mark without a text', () => {
  const size = { width: 60, height: 50 };
  const rgba = hideText(infotext, 'rgbcomp', size);
  const file = buildPng({ ...size, rgba, colourType: 2, before: [textChunk('parameters', infotext)] });
  expect(read(file).embedded).toHaveLength(2);
  expect(read(stripMetadata(file))).toMatchObject({ ...size, embedded: [], warnings: [] });
  const damaged = buildPng({ ...size, rgba: hideBytes(new Uint8Array([1, 2, 3]), 'pngcomp', size) });
  expect(read(damaged).warnings).toHaveLength(1);
  expect(read(stripMetadata(damaged)).warnings).toEqual([]);
});

test('a picture without hidden text keeps its pixel chunks byte for byte', () => {
  const size = { width: 60, height: 50 };
  const rgba = new Uint8Array(60 * 50 * 4).map((_, at) => at * 91);
  expect(stripMetadata(buildPng({ ...size, rgba, before: [textChunk('a', 'b')] }))).toEqual(
    buildPng({ ...size, rgba }),
  );
});

test('a text that is hidden in a lossless WebP is refused, not left', async () => {
  const size = { width: 60, height: 50 };
  const rgba = hideText(infotext, 'pngcomp', size);
  const file = await sharp(rgba, { raw: { ...size, channels: 4 } })
    .webp({ lossless: true })
    .toBuffer();
  expect(() => stripMetadata(file)).toThrow(refused('hidden-text'));
});

test('containers that are only read are named in the error', () => {
  expect(() => stripMetadata(buildGif([]))).toThrow(/^Metadata of gif files can be read and not changed/);
});

const trained = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';
const captured = 'http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture';
const labelled = (type: string) =>
  buildXmp(
    { Iptc4xmpExt: iptcNamespace, dc: 'http://purl.org/dc/elements/1.1/' },
    `<Iptc4xmpExt:DigitalSourceType>${type}</Iptc4xmpExt:DigitalSourceType><dc:description>private</dc:description>`,
  );
const xmpFiles = (packet: Uint8Array): readonly [string, Uint8Array][] => [
  [
    'png',
    buildPng({ before: [internationalTextChunk('XML:com.adobe.xmp', Buffer.from(packet).toString())] }),
  ],
  ['jpeg', buildJpeg([jpegSegment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', packet)])],
  ['webp', buildWebp([riffChunk('XMP ', packet)], 0x04)],
];

test.each(xmpFiles(labelled(trained)))(
  '%s: the label of a machine stays alone, unless asked',
  (container, file) => {
    expect(read(file).embedded).toHaveLength(2);
    const stripped = stripMetadata(file);
    expect(read(stripped)).toMatchObject({
      embedded: [
        {
          location: `${container}:xmp:Iptc4xmpExt:DigitalSourceType`,
          key: 'DigitalSourceType',
          text: trained,
        },
      ],
      aiGenerated: { source: 'iptc', value: trained },
      warnings: [],
    });
    expect(Buffer.from(stripped).includes('private')).toBe(false);
    expect(stripMetadata(stripped)).toEqual(stripped);
    expect(read(stripMetadata(file, { aiLabels: 'drop' })).embedded).toEqual([]);
  },
);

test.each(xmpFiles(labelled(captured)))('%s: the label of a camera goes', (_, file) => {
  expect(read(stripMetadata(file)).embedded).toEqual([]);
});

const store = manifestStore(
  manifest('m', { claimInfo: [{ name: 'ChatGPT' }], actions: [{ action: 'c2pa.created' }] }),
);

test.each([
  ['png', buildPng({ before: [pngChunk('caBX', store), textChunk('Title', 'kept')] })],
  [
    'jpeg',
    buildJpeg([
      ...jumbfPackets(store, 100).map((packet) => jpegSegment(0xeb, packet)),
      jpegSegment(0xfe, 'kept'),
    ]),
  ],
  ['webp', buildWebp([riffChunk('C2PA', store), riffChunk('XMP ', labelled('kept'))], 0x04)],
])('%s: content credentials are not made invalid, but removed when asked', (_, file) => {
  expect(() => writeMetadata(file, infotext)).toThrow(refused('signed'));
  expect(() => writeMetadata(file, infotext, { credentials: 'keep' })).toThrow(refused('signed'));
  const { embedded } = read(writeMetadata(file, infotext, { credentials: 'drop' }));
  expect(embedded.filter(({ location }) => location.includes('c2pa'))).toEqual([]);
  expect(embedded.map(({ text }) => text)).toEqual(expect.arrayContaining(['kept', infotext]));
  expect(read(stripMetadata(file)).embedded).toEqual([]);
});

test('an option that is neither is refused by its name', () => {
  const file = buildPng();
  // @ts-expect-error -- what a caller without types may give
  expect(() => writeMetadata(file, infotext, { credentials: 'no' })).toThrow(/^credentials must be/);
  // @ts-expect-error -- what a caller without types may give
  expect(() => stripMetadata(file, { aiLabels: true })).toThrow(/^aiLabels must be/);
});
