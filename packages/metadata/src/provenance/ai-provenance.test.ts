import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { cbor, jumbf, jumbfPackets, manifest, manifestStore } from '../../test/helpers/build-c2pa.ts';
import { box, buildHeif, uuidBox } from '../../test/helpers/build-iso.ts';
import { buildJpeg, jpegSegment } from '../../test/helpers/build-jpeg.ts';
import { buildMatroska } from '../../test/helpers/build-matroska.ts';
import { buildMp4 } from '../../test/helpers/build-iso.ts';
import { buildPng, pngChunk, textChunk } from '../../test/helpers/build-png.ts';
import { buildTiff, userComment } from '../../test/helpers/build-tiff.ts';
import { buildWebp, riffChunk } from '../../test/helpers/build-webp.ts';
import { buildXmp, iptcNamespace } from '../../test/helpers/build-xmp.ts';
import { bytes, uint16 } from '../../test/helpers/bytes.ts';
import { readMetadataSync } from '../index.ts';

const trained = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';
const composite = 'http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia';
const captured = 'http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture';

const chatGpt = manifestStore(
  manifest('urn:uuid:1', {
    claimInfo: [{ name: 'ChatGPT' }],
    actions: [{ action: 'c2pa.created', softwareAgent: { name: 'GPT-4o' }, digitalSourceType: trained }],
    organisation: 'OpenAI',
  }),
);
const uuid = uuidBox(
  'd8fec3d6-1b0e-483c-9297-5828877ec481',
  0,
  0,
  0,
  0,
  'manifest\0',
  new Uint8Array(8),
  chatGpt,
);

const jxlStart = bytes(box('JXL ', '\r\n\x87\n'), box('ftyp', 'jxl \0\0\0\0jxl '));

test.each([
  ['PNG caBX', buildPng({ before: [pngChunk('caBX', chatGpt)] })],
  ['JPEG APP11 in one packet', buildJpeg([jpegSegment(0xeb, ...jumbfPackets(chatGpt, 60_000))])],
  [
    'JPEG APP11 in packets out of order',
    buildJpeg(
      jumbfPackets(chatGpt, 100)
        .map((packet) => jpegSegment(0xeb, packet))
        .reverse(),
    ),
  ],
  ['WebP C2PA', buildWebp([riffChunk('C2PA', chatGpt)])],
  ['JPEG XL jumb', bytes(jxlStart, chatGpt)],
  ['JPEG XL jumb, compressed', bytes(jxlStart, box('brob', 'jumb', brotliCompressSync(chatGpt.subarray(8))))],
  ['AVIF uuid', buildHeif({ extra: [uuid] })],
  ['MP4 uuid', buildMp4({ extra: [uuid] })],
])('C2PA in %s: the service and the source type, and nothing made up', (_, file) => {
  expect(readMetadataSync(file)).toMatchObject({
    generator: 'openai',
    generation: {},
    aiGenerated: { source: 'c2pa', value: trained },
    warnings: [],
  });
  expect(readMetadataSync(file).generation).toEqual({});
});

test.each([
  ['Adobe_Firefly', 'adobe-firefly', { claimGenerator: 'Adobe_Firefly adobe_c2pa/0.7.6' }],
  [
    'Google by its core library',
    'google',
    { claimInfo: { name: 'Google C2PA Core Generator Library', version: '1.0' } },
  ],
  ['Black Forest Labs', 'black-forest-labs', { claimGenerator: 'Black Forest Labs API' }],
  [
    'Microsoft by its certificate',
    'microsoft',
    { claimGenerator: 'x', organisation: 'Microsoft Corporation' },
  ],
  ['Stability AI', 'stability-ai', { claimGenerator: 'Stability AI' }],
  ['Canva', 'canva', { claimInfo: [{ name: 'Canva' }] }],
  ['Samsung', 'samsung', { claimGenerator: 'Samsung Galaxy' }],
  ['ByteDance', 'bytedance', { claimGenerator: 'Dreamina' }],
  ['DALL-E in the older form', 'openai', { claimGenerator: 'DALL\u00b7E' }],
] as const)('%s', (_, generator, parts) => {
  const store = manifestStore(
    manifest('a', { actions: [{ action: 'c2pa.created', digitalSourceType: trained }], ...parts }),
  );
  expect(readMetadataSync(buildPng({ before: [pngChunk('caBX', store)] })).generator).toBe(generator);
});

test('the AI assertion counts where it sits in the manifest of an ingredient', () => {
  const store = manifestStore(
    manifest('ingredient', {
      claimGenerator: 'Google C2PA Core Generator Library',
      actions: [{ action: 'c2pa.created', digitalSourceType: composite }],
    }),
    manifest('active', { claimGenerator: 'Adobe Photoshop 25.0', actions: [{ action: 'c2pa.opened' }] }),
  );
  expect(readMetadataSync(buildPng({ before: [pngChunk('caBX', store)] }))).toMatchObject({
    generator: 'google',
    aiGenerated: { source: 'c2pa', value: composite },
  });
});

test('a signed photograph is not generated', () => {
  const store = manifestStore(
    manifest('a', {
      claimGenerator: 'Samsung Galaxy camera',
      actions: [{ action: 'c2pa.created', digitalSourceType: captured }],
      organisation: 'Google',
    }),
  );
  expect(readMetadataSync(buildPng({ before: [pngChunk('caBX', store)] }))).toMatchObject({
    generator: undefined,
    aiGenerated: undefined,
  });
});

test.each([
  'trainedAlgorithmicMedia',
  'compositeWithTrainedAlgorithmicMedia',
  'compositeSynthetic',
  'algorithmicMedia',
])('IPTC DigitalSourceType %s', (kind) => {
  const url = `http://cv.iptc.org/newscodes/digitalsourcetype/${kind}`;
  const packet = buildXmp({ i: iptcNamespace }, '', `i:DigitalSourceType="${url}"`);
  expect(readMetadataSync(buildWebp([riffChunk('XMP ', packet)]))).toMatchObject({
    generator: undefined,
    aiGenerated: { source: 'iptc', value: url },
  });
});

test('IPTC DigitalSourceType of a camera is no AI', () => {
  const packet = buildXmp({ i: iptcNamespace }, '', `i:DigitalSourceType="${captured}"`);
  expect(readMetadataSync(buildWebp([riffChunk('XMP ', packet)])).aiGenerated).toBeUndefined();
});

test('the credit line of Google', () => {
  const credit = 'Made with Google AI';
  const iptc = bytes(0x1c, 2, 110, uint16(credit.length), credit);
  const resources = bytes('Photoshop 3.0\0', '8BIM', uint16(0x0404), 0, 0, 0, 0, uint16(iptc.length), iptc);
  expect(readMetadataSync(buildJpeg([jpegSegment(0xed, resources)]))).toMatchObject({
    generator: 'google',
    aiGenerated: { source: 'iptc', value: credit },
  });
});

const label = '{"Label":"1","ContentProducer":"00119131000010100","ProduceID":"42"}';
test.each([
  ['PNG text', buildPng({ before: [textChunk('AIGC', label)] }), label],
  [
    'XMP',
    buildWebp([
      riffChunk('XMP ', buildXmp({ t: 'http://www.tc260.org.cn/ns/AIGC/1.0/' }, `<t:AIGC>${label}</t:AIGC>`)),
    ]),
    label,
  ],
  [
    'UserComment',
    buildJpeg([
      jpegSegment(0xe1, 'Exif\0\0', buildTiff({ exif: [userComment(`{"AIGC":${label}}`, 'ascii')] })),
    ]),
    `{"AIGC":${label}}`,
  ],
  ['MP4 key', buildMp4({ keys: { AIGC: label } }), label],
  ['Matroska tag', buildMatroska({ tags: { AIGC: label } }), label],
])('the AIGC label in %s', (_, file, value) => {
  expect(readMetadataSync(file)).toMatchObject({
    generator: undefined,
    aiGenerated: { source: 'aigc-label', value },
  });
});

test.each([
  ['under no name', label],
  ['in a text of a text', JSON.stringify(`{"AIGC":${label}}`)],
  ['under a name in small letters', `{"aigc":${label}}`],
  ['as a number of ByteDance', '{"aigc_info":{"aigc_label_type":2}}'],
])('the AIGC label %s', (_, text) => {
  for (const file of [
    buildPng({ before: [textChunk('Comment', text)] }),
    buildMp4({ itunes: { '\u00a9cmt': text } }),
  ]) {
    expect(readMetadataSync(file).aiGenerated).toEqual({ source: 'aigc-label', value: text });
  }
});

test('a label that says no, and other records with a producer, are none', () => {
  for (const text of [
    '{"aigc_label_type":0}',
    '{"Label":"Records Ltd","artist":"x"}',
    '{"ContentProducer":"x"}',
  ]) {
    expect(readMetadataSync(buildPng({ before: [textChunk('Comment', text)] })).aiGenerated).toBeUndefined();
  }
});

test.each([
  ['as an address', `<i:DigitalSourceType rdf:resource="${trained}"/>`, trained],
  [
    'as an address in a list',
    `<i:DigitalSourceType><rdf:Bag><rdf:li rdf:resource="${trained}"/></rdf:Bag></i:DigitalSourceType>`,
    trained,
  ],
  ['under its name of before', `<i:DigitalSourceFileType>${trained}</i:DigitalSourceFileType>`, trained],
  ['with a slash at the end', `<i:DigitalSourceType>${trained}/</i:DigitalSourceType>`, `${trained}/`],
  ['by the system that was used', '<i:AISystemUsed>Imagen 4</i:AISystemUsed>', 'Imagen 4'],
])('IPTC in XMP %s', (_, content, value) => {
  const packet = buildXmp({ i: iptcNamespace }, content);
  expect(readMetadataSync(buildWebp([riffChunk('XMP ', packet)])).aiGenerated).toEqual({
    source: 'iptc',
    value,
  });
});

const json = (value: unknown) => box('json', JSON.stringify(value));
const withAssertion = (...assertion: Uint8Array[]) =>
  jumbf('c2pa', jumbf('m', jumbf('c2pa.assertions', ...assertion)));
const actionsOf = (value: Parameters<typeof cbor>[0]) => jumbf('c2pa.actions.v2', box('cbor', cbor(value)));

test.each([
  ['metadata of IPTC', jumbf('stds.iptc', json({ 'Iptc4xmpExt:DigitalSourceType': trained }))],
  [
    'a creative work',
    jumbf('stds.schema-org.CreativeWork', json({ work: [{ digitalSourceType: { '@id': trained } }] })),
  ],
  [
    'a template of actions',
    actionsOf({ actions: [], templates: [{ action: 'c2pa.created', digitalSourceType: trained }] }),
  ],
  [
    'parameters of an action',
    actionsOf({ actions: [{ action: 'c2pa.edited', parameters: { digitalSourceType: trained } }] }),
  ],
])('C2PA: the kind of source in %s', (_, assertion) => {
  const file = buildPng({ before: [pngChunk('caBX', withAssertion(assertion))] });
  expect(readMetadataSync(file)).toMatchObject({
    aiGenerated: { source: 'c2pa', value: trained },
    warnings: [],
  });
});

test('C2PA: an agent that several actions share, and a manifest that is compressed', () => {
  const shared = actionsOf({
    actions: [{ action: 'c2pa.created', digitalSourceType: trained }],
    softwareAgents: [{ name: 'GPT-4o' }],
  });
  const whole = withAssertion(shared);
  const small = box(
    'jumb',
    box('jumd', new Uint8Array(16), 3, 'c2pa\0'),
    box('brob', 'jumb', brotliCompressSync(whole.subarray(8))),
  );
  for (const store of [whole, small]) {
    expect(readMetadataSync(buildPng({ before: [pngChunk('caBX', store)] }))).toMatchObject({
      generator: 'openai',
      aiGenerated: { source: 'c2pa', value: trained },
    });
  }
});

test('C2PA in the tag of a TIFF', () => {
  const file = buildTiff({ ifd0: [{ tag: 0xcd41, type: 7, value: chatGpt }] });
  expect(readMetadataSync(file)).toMatchObject({
    container: 'tiff',
    generator: 'openai',
    aiGenerated: { source: 'c2pa', value: trained },
  });
});

test('a manifest store of boxes in boxes without end is bounded', () => {
  let store = manifest('a', { claimGenerator: 'deep' });
  for (let depth = 0; depth < 500; depth += 1) {
    store = bytes(
      Buffer.from([
        (store.length + 8) >>> 24,
        ((store.length + 8) >>> 16) & 255,
        ((store.length + 8) >>> 8) & 255,
        (store.length + 8) & 255,
      ]),
      'jumb',
      store,
    );
  }
  expect(readMetadataSync(buildPng({ before: [pngChunk('caBX', store)] })).embedded).toEqual([]);
});
