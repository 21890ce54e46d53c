import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { limits } from '../src/bytes/limits.ts';
import { readMetadataSync as readCore } from '../src/core.ts';
import { type EmbeddedText, readMetadataSync } from '../src/index.ts';
import { buildFlac, buildOgg, vorbisComment } from './helpers/build-audio.ts';
import { buildGif, gifComment, gifFrame } from './helpers/build-gif.ts';
import { box, buildHeif, buildMp4, longBox, uuidBox } from './helpers/build-iso.ts';
import { buildJpeg, exifSegment, jpegSegment } from './helpers/build-jpeg.ts';
import { buildMatroska, cluster, element, openElement } from './helpers/build-matroska.ts';
import { buildPng, compressedTextChunk, internationalTextChunk, textChunk } from './helpers/build-png.ts';
import { ascii, buildTiff, userComment } from './helpers/build-tiff.ts';
import { buildWebp, riffChunk, riffFile } from './helpers/build-webp.ts';
import { buildXmp, comfyNamespace, escapeXml, exifNamespace, sdcppNamespace } from './helpers/build-xmp.ts';
import { bytes, uint16, uint32, utf8 } from './helpers/bytes.ts';

const infotext = 'a cat 猫\nSteps: 9, Seed: 5, Size: 8x8, Version: v1.9.0';
const tiff = buildTiff({ exif: [userComment(infotext, 'utf16-big')] });
const graph = '{"3": {"class_type": "KSampler", "inputs": {"text": "a < b & \\"c\\""}}}';

const texts = (file: Uint8Array) => readMetadataSync(file).embedded;
const embedded = (location: EmbeddedText['location'], key: string, text: string) => ({ location, key, text });

function hexProfile(name: string, data: Uint8Array): string {
  const hex = Buffer.from(data)
    .toString('hex')
    .replace(/(.{72})/g, '$1\n');
  return `\n${name}\n${String(data.length).padStart(8)}\n${hex}\n`;
}

const iptc = bytes(
  0x1c,
  2,
  120,
  uint16(utf8(infotext).length),
  utf8(infotext),
  0x1c,
  2,
  110,
  uint16(4),
  'Mine',
);
const photoshop = bytes(
  '8BIM',
  uint16(0x03ed),
  0,
  0,
  uint32(2),
  'xx',
  '8BIM',
  uint16(0x0404),
  0,
  0,
  uint32(iptc.length),
  iptc,
);

test.each([
  ['exif', bytes('Exif\0\0', tiff), 'png:exif:UserComment', 'UserComment'],
  ['APP1', bytes('Exif\0\0', tiff), 'png:exif:UserComment', 'UserComment'],
  [
    'app1',
    bytes(
      'http://ns.adobe.com/xap/1.0/\0',
      buildXmp({ s: sdcppNamespace }, `<s:parameters>${infotext}</s:parameters>`),
    ),
    'png:xmp:sdcpp:parameters',
    'parameters',
  ],
  [
    'xmp',
    buildXmp({ s: sdcppNamespace }, `<s:parameters>${infotext}</s:parameters>`),
    'png:xmp:sdcpp:parameters',
    'parameters',
  ],
  ['iptc', photoshop, 'png:iptc:Caption-Abstract', 'Caption-Abstract'],
  ['8bim', photoshop, 'png:iptc:Caption-Abstract', 'Caption-Abstract'],
] as const)('PNG raw profile %s, in tEXt and in zTXt', (type, data, location, key) => {
  const profile = hexProfile(type, data);
  for (const chunk of [textChunk, compressedTextChunk]) {
    const file = buildPng({ before: [chunk(`Raw profile type ${type}`, profile)] });
    expect(texts(file)[0]).toEqual(embedded(location, key, infotext));
    expect(readMetadataSync(file).generation).toMatchObject({ prompt: 'a cat 猫', seed: '5' });
  }
});

test('XMP in element form, in attribute form, in lists, with any prefix', () => {
  const packet = buildXmp(
    { c: comfyNamespace, e: exifNamespace, dc: 'http://purl.org/dc/elements/1.1/' },
    `<c:prompt>${escapeXml(graph)}</c:prompt><e:UserComment><rdf:Alt><rdf:li xml:lang="x-default">one</rdf:li><rdf:li>two</rdf:li></rdf:Alt></e:UserComment><dc:description><![CDATA[a < b]]></dc:description>`,
    `c:workflow="${escapeXml('{"nodes": []}')}" dc:title='&#x732b;&unknown;'`,
  );
  const expected = [
    ['workflow', '{"nodes": []}'],
    ['title', '猫&unknown;'],
    ['prompt', graph],
    ['UserComment', 'one'],
    ['UserComment', 'two'],
    ['description', 'a < b'],
  ];
  for (const chunk of [
    internationalTextChunk('XML:com.adobe.xmp', Buffer.from(packet).toString()),
    textChunk('XML:com.adobe.xmp', packet),
  ]) {
    expect(texts(buildPng({ before: [chunk] })).map(({ key, text }) => [key, text])).toEqual(expected);
  }
  expect(texts(buildWebp([riffChunk('XMP ', packet)])).map(({ key, text }) => [key, text])).toEqual(expected);
  const segment = jpegSegment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', packet);
  expect(texts(buildJpeg([segment])).map(({ key, text }) => [key, text])).toEqual(expected);
});

test('JPEG: several APP1, extended XMP in parts out of order, IPTC, comment', () => {
  const packet = buildXmp({ c: comfyNamespace }, `<c:prompt>${'x'.repeat(70_000)}</c:prompt>`);
  const part = (offset: number, end: number) =>
    jpegSegment(
      0xe1,
      'http://ns.adobe.com/xmp/extension/\0',
      'D'.repeat(32),
      uint32(packet.length),
      uint32(offset),
      packet.subarray(offset, end),
    );
  const file = buildJpeg([
    jpegSegment(0xe1, 'something else'),
    exifSegment(buildTiff({ ifd0: [ascii(0x010f, 'Canon')] })),
    exifSegment(tiff),
    part(40_000, packet.length),
    part(0, 40_000),
    jpegSegment(0xed, 'Photoshop 3.0\0', photoshop.subarray(0, 30)),
    jpegSegment(0xed, 'Photoshop 3.0\0', photoshop.subarray(30)),
    jpegSegment(0xfe, 'Created with GIMP'),
  ]);
  expect(texts(file)).toEqual([
    embedded('jpeg:exif:Make', 'Make', 'Canon'),
    embedded('jpeg:exif:UserComment', 'UserComment', infotext),
    embedded('jpeg:COM', '', 'Created with GIMP'),
    embedded('jpeg:xmp:comfy:prompt', 'prompt', 'x'.repeat(70_000)),
    embedded('jpeg:iptc:Caption-Abstract', 'Caption-Abstract', infotext),
    embedded('jpeg:iptc:Credit', 'Credit', 'Mine'),
  ]);
});

test('JPEG: markers without a length and fill bytes between segments hide nothing', () => {
  for (const bare of [0x01, 0xd0, 0xd7]) {
    const file = buildJpeg([bytes(0xff, bare), bytes(0xff), exifSegment(tiff)]);
    expect(readMetadataSync(file)).toMatchObject({ width: 16, height: 8, warnings: [] });
    expect(texts(file)).toEqual([embedded('jpeg:exif:UserComment', 'UserComment', infotext)]);
  }
});

test('EXIF: UserComment is found in IFD0, in the EXIF directory and in IFD1, in both byte orders', () => {
  const comment = userComment(infotext, 'utf16-little');
  for (const order of ['big', 'little'] as const) {
    for (const parts of [
      { ifd0: [comment] },
      { exif: [comment] },
      { ifd0: [ascii(0x0131, 'x')], ifd1: [comment] },
    ]) {
      const file = buildJpeg([exifSegment(buildTiff({ order, ...parts }))]);
      expect(texts(file).at(-1)?.text).toBe(infotext);
    }
  }
});

test('EXIF: leading NUL bytes, XPComment, a textual maker note; a binary maker note is left out', () => {
  const file = buildJpeg([
    exifSegment(
      buildTiff({
        ifd0: [
          { tag: 0x010e, type: 2, value: bytes(0, 0, 0, 0, 'described', 0) },
          { tag: 0x9c9c, type: 1, value: Buffer.from('猫 cat\0', 'utf16le') },
        ],
        exif: [{ tag: 0x927c, type: 7, value: bytes('a1111') }],
      }),
    ),
    exifSegment(buildTiff({ exif: [{ tag: 0x927c, type: 7, value: bytes(1, 2, 3, 200, 5, 6) }] })),
  ]);
  expect(texts(file).map(({ key, text }) => [key, text])).toEqual([
    ['ImageDescription', 'described'],
    ['XPComment', '猫 cat'],
    ['MakerNote', 'a1111'],
  ]);
});

test.each([
  ['in the file', {}],
  ['in idat', { inIdat: true }],
  ['in two extents', { split: true }],
  ['in two extents of idat', { inIdat: true, split: true }],
])('AVIF and HEIF items that lie %s', (_, parts) => {
  const xmp = buildXmp({ c: comfyNamespace }, `<c:prompt>${escapeXml(graph)}</c:prompt>`);
  for (const [brand, container] of [
    ['avif', 'avif'],
    ['heic', 'heif'],
  ] as const) {
    const file = buildHeif({ brand, exif: tiff, xmp, ...parts });
    expect(readMetadataSync(file)).toMatchObject({ container, width: 640, height: 480, warnings: [] });
    expect(texts(file)).toEqual([
      embedded(`${container}:exif:UserComment`, 'UserComment', infotext),
      embedded(`${container}:xmp:comfy:prompt`, 'prompt', graph),
    ]);
  }
});

const jxlSignature = box('JXL ', '\r\n\x87\n');
// SizeHeader: not small, height 480 in 9 bits + 1, no ratio, width 640 in 13 bits.
const codestream = jxlCodestream(640, 480);

function jxlCodestream(width: number, height: number): Uint8Array {
  const bits: number[] = [];
  const put = (value: number, count: number) => {
    for (let index = 0; index < count; index += 1) bits.push((value >> index) & 1);
  };
  put(0, 1);
  put(0, 2);
  put(height - 1, 9);
  put(0, 3);
  put(1, 2);
  put(width - 1, 13);
  const packed = new Uint8Array(Math.ceil(bits.length / 8));
  bits.forEach((bit, index) => {
    packed[index >> 3] = (packed[index >> 3] ?? 0) | (bit << (index & 7));
  });
  return bytes(0xff, 0x0a, packed, new Uint8Array(16));
}

test('JPEG XL: Exif and XML boxes, plain and compressed; a naked codestream has its size only', () => {
  const exif = bytes(uint32(0), tiff);
  const xmp = buildXmp({ c: comfyNamespace }, '<c:prompt>{}</c:prompt>');
  const plain = bytes(
    jxlSignature,
    box('ftyp', 'jxl \0\0\0\0jxl '),
    box('Exif', exif),
    box('xml ', xmp),
    box('jxlc', codestream),
  );
  const packed = bytes(
    jxlSignature,
    box('ftyp', 'jxl \0\0\0\0jxl '),
    box('jxlp', uint32(0), codestream),
    box('brob', 'Exif', brotliCompressSync(exif)),
    box('brob', 'xml ', brotliCompressSync(xmp)),
  );
  for (const file of [plain, packed]) {
    expect(readMetadataSync(file)).toMatchObject({
      container: 'jxl',
      width: 640,
      height: 480,
      embedded: [
        embedded('jxl:exif:UserComment', 'UserComment', infotext),
        embedded('jxl:xmp:comfy:prompt', 'prompt', '{}'),
      ],
      warnings: [],
    });
  }
  expect(readMetadataSync(codestream)).toMatchObject({
    container: 'jxl',
    width: 640,
    height: 480,
    embedded: [],
  });
  expect(readCore(packed)).toMatchObject({ embedded: [], warnings: [{ code: 'unresolved' }] });
});

test('a Brotli bomb is left out', () => {
  const bomb = brotliCompressSync(Buffer.alloc(limits.inflatedBytes + 1));
  const file = bytes(jxlSignature, box('brob', 'xml ', bomb));
  expect(readMetadataSync(file)).toMatchObject({ embedded: [], warnings: [{ code: 'malformed' }] });
});

test('GIF comments: joined before they are decoded, at the beginning and at the end of a long file', () => {
  const long = `${'猫'.repeat(200)}\n${infotext}`;
  expect(readMetadataSync(buildGif([gifComment(utf8(long)), gifFrame()]))).toMatchObject({
    container: 'gif',
    width: 20,
    height: 10,
    embedded: [embedded('gif:comment', '', long)],
    warnings: [],
  });
  const late = buildGif([gifFrame(2_000_000), gifComment(utf8(infotext))]);
  expect(texts(late)).toEqual([embedded('gif:comment', '', infotext)]);
  const escaped = infotext.replaceAll('\n', '\\n');
  expect(readMetadataSync(buildGif([gifComment(utf8(escaped))])).generation).toMatchObject({
    prompt: 'a cat 猫',
  });
});

test.each(['first', 'last'] as const)(
  'MP4 and MOV with moov %s: keys, iTunes names, QuickTime user data',
  (moov) => {
    const large = `{"nodes": "${'x'.repeat(1_500_000)}"}`;
    const file = buildMp4({
      moov,
      keys: { prompt: graph, workflow: large },
      itunes: { '\u00a9cmt': infotext },
      quickTime: { '\u00a9cmt': 'old comment' },
    });
    expect(readMetadataSync(file)).toMatchObject({ container: 'mp4', width: 640, height: 480, warnings: [] });
    expect(texts(file)).toEqual([
      embedded('mp4:udta', 'comment', 'old comment'),
      embedded('mp4:meta', 'comment', infotext),
      embedded('mp4:meta', 'prompt', graph),
      embedded('mp4:meta', 'workflow', large),
    ]);
    expect(readMetadataSync(buildMp4({ brand: 'qt  ', moov, keys: { comment: infotext } }))).toMatchObject({
      container: 'mov',
      generation: { seed: '5' },
    });
  },
);

test('MP4: XMP in a uuid box', () => {
  const xmp = buildXmp({ s: sdcppNamespace }, `<s:parameters>${infotext}</s:parameters>`);
  const file = buildMp4({ extra: [uuidBox('be7acfcb-97a9-42e8-9c71-999491e3afac', xmp)] });
  expect(texts(file)).toEqual([embedded('mp4:xmp:sdcpp:parameters', 'parameters', infotext)]);
});

test('videos of gigabytes are read by seeking', () => {
  const tail = buildMp4({ keys: { comment: infotext } }).subarray(24);
  const start = bytes(box('ftyp', 'isom', uint32(512)));
  const media = 3_000_000_000;
  const header = longBox('mdat').subarray(0, 8);
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(media));
  const ranges: number[] = [];
  const metadata = readMetadataSync({
    size: start.length + media + tail.length,
    read(position, size) {
      ranges.push(size);
      const sparse = new Uint8Array(size);
      const place = (part: Uint8Array, at: number) => {
        const from = Math.max(position, at);
        const to = Math.min(position + size, at + part.length);
        if (from < to) sparse.set(part.subarray(from - at, to - at), from - position);
      };
      place(bytes(start, header, length), 0);
      place(tail, start.length + media);
      return sparse;
    },
  });
  expect(metadata.generation).toMatchObject({ seed: '5' });
  expect(ranges.reduce((sum, size) => sum + size, 0)).toBeLessThan(64 * 1024);
});

test.each([
  ['tags before the clusters', { place: 'before' }],
  ['tags after the clusters, with a seek head', { place: 'after', seekHead: true }],
  [
    'tags after the clusters, without a seek head',
    { place: 'after', clusters: [cluster(100_000), cluster(50)] },
  ],
  [
    'a live recording with a seek head',
    { place: 'after', seekHead: true, live: true, clusters: [cluster(50)] },
  ],
] as const)('Matroska and WebM: %s', (_, parts) => {
  for (const type of ['webm', 'matroska'] as const) {
    const file = buildMatroska({ type, tags: { PROMPT: graph, COMMENT: infotext }, ...parts });
    expect(readMetadataSync(file)).toMatchObject({ container: type, width: 640, height: 480, warnings: [] });
    expect(texts(file)).toEqual([
      embedded(`${type}:tag`, 'PROMPT', graph),
      embedded(`${type}:tag`, 'COMMENT', infotext),
    ]);
  }
});

test('Matroska: a file that ends after its header has no segment, nor has one with something else', () => {
  const header = element(0x1a45dfa3, element(0x4282, 'webm'));
  for (const file of [header, bytes(header, cluster(50))]) {
    expect(readMetadataSync(file)).toMatchObject({
      container: 'webm',
      embedded: [],
      warnings: [{ code: 'truncated', message: 'The file has no segment.' }],
    });
  }
});

test('a cluster of unknown size does not hide tags that the seek head names', () => {
  const open = openElement(0x1f43b675, new Uint8Array(20));
  const file = buildMatroska({
    place: 'after',
    seekHead: true,
    tags: { COMMENT: infotext },
    clusters: [open],
  });
  expect(texts(file)).toEqual([embedded('webm:tag', 'COMMENT', infotext)]);
});

test('AVI: the comment of the information list', () => {
  const main = bytes(new Uint8Array(32), uint32(640, 'little'), uint32(480, 'little'), new Uint8Array(16));
  const file = riffFile(
    'AVI ',
    riffChunk('LIST', bytes('hdrl', riffChunk('avih', main))),
    riffChunk('LIST', bytes('movi', new Uint8Array(5001))),
    riffChunk(
      'LIST',
      bytes('INFO', riffChunk('ISFT', bytes('Lavf', 0)), riffChunk('ICMT', bytes(utf8(infotext), 0))),
    ),
  );
  expect(readMetadataSync(file)).toMatchObject({
    container: 'avi',
    width: 640,
    height: 480,
    embedded: [embedded('avi:INFO', 'ISFT', 'Lavf'), embedded('avi:INFO', 'ICMT', infotext)],
    warnings: [],
  });
});

test('TIFF files: size and texts, in both byte orders, wherever the directory lies', () => {
  for (const order of ['big', 'little'] as const) {
    const file = buildTiff({
      order,
      ifd0: [
        { tag: 0x0100, type: 4, value: 640 },
        { tag: 0x0101, type: 3, value: 480 },
        ascii(0x010e, 'described'),
        { tag: 0x02bc, type: 1, value: buildXmp({ c: comfyNamespace }, '<c:prompt>{}</c:prompt>') },
        { tag: 0x83bb, type: 7, value: iptc },
      ],
      exif: [userComment(infotext, 'utf16-little')],
    });
    expect(readMetadataSync(file)).toMatchObject({
      container: 'tiff',
      width: 640,
      height: 480,
      warnings: [],
    });
    expect(texts(file).map(({ key, text }) => [key, text])).toEqual([
      ['ImageDescription', 'described'],
      ['prompt', '{}'],
      ['Caption-Abstract', infotext],
      ['Credit', 'Mine'],
      ['UserComment', infotext],
    ]);
  }
});

test('FLAC: the Vorbis comment', () => {
  const file = buildFlac({ prompt: graph, workflow: '{}' });
  expect(readMetadataSync(file)).toMatchObject({ container: 'flac', warnings: [] });
  expect(texts(file)).toEqual([
    embedded('flac:comment', 'prompt', graph),
    embedded('flac:comment', 'workflow', '{}'),
  ]);
});

test('Ogg with Opus or Vorbis: comments over several pages', () => {
  const long = `{"nodes": "${'x'.repeat(100_000)}"}`;
  for (const mark of ['OpusTags', '\x03vorbis']) {
    const file = buildOgg(bytes(mark, vorbisComment({ workflow: long })));
    expect(readMetadataSync(file)).toMatchObject({ container: 'ogg', warnings: [] });
    expect(texts(file)).toEqual([embedded('ogg:comment', 'workflow', long)]);
  }
});

test('MP3: texts of ID3 in every encoding, in versions 3 and 4', () => {
  const synchsafe = (value: number) =>
    bytes(value >> 21, (value >> 14) & 0x7f, (value >> 7) & 0x7f, value & 0x7f);
  for (const version of [3, 4]) {
    const size = (value: number) => (version === 3 ? uint32(value) : synchsafe(value));
    const frame = (type: string, ...parts: (string | number | Uint8Array)[]) => {
      const body = bytes(...parts);
      return bytes(type, size(body.length), 0, 0, body);
    };
    const frames = bytes(
      frame('TIT2', 3, 'title'),
      frame('TXXX', 3, 'prompt', 0, utf8(graph)),
      frame('TXXX', 1, Buffer.from('\uFEFFworkflow\0\uFEFF{"a": "猫"}', 'utf16le')),
      frame('COMM', 0, 'eng', 0, 'x'.repeat(200)),
      frame('COMM', 3, 'eng', 'parameters', 0, utf8(infotext)),
      new Uint8Array(20),
    );
    const file = bytes('ID3', version, 0, 0, synchsafe(frames.length), frames, 0xff, 0xfb);
    expect(readMetadataSync(file)).toMatchObject({ container: 'mp3', warnings: [] });
    expect(texts(file)).toEqual([
      embedded('mp3:TXXX', 'prompt', graph),
      embedded('mp3:TXXX', 'workflow', '{"a": "猫"}'),
      embedded('mp3:COMM', '', 'x'.repeat(200)),
      embedded('mp3:COMM', 'parameters', infotext),
    ]);
  }
});
