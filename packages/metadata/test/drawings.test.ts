import { expect, test } from 'vitest';
import { readMetadataSync } from '../src/index.ts';
import { buildExr, buildSvg, buildWav } from './helpers/build-drawings.ts';
import { bytes, utf8 } from './helpers/bytes.ts';
import { buildXmp } from './helpers/build-xmp.ts';
import { toolFixtures } from './helpers/tool-fixtures.ts';

const comfy = toolFixtures.find(
  ({ tool, place, prompt }) => tool === 'comfyui' && place === 'png' && prompt === 'a cat on a chair',
);
const graph =
  readMetadataSync(comfy?.file ?? new Uint8Array()).embedded.find(({ key }) => key === 'prompt')?.text ?? '';
const made = { generator: 'comfyui', generation: { prompt: 'a cat on a chair' }, warnings: [] };

test.each([
  ['an XML declaration', '<?xml version="1.0" encoding="UTF-8"?>\n'],
  [
    'a document type and a comment',
    '<!-- made -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">\n',
  ],
  ['nothing', ''],
  ['a byte order mark', '\uFEFF'],
])('SVG: the graphs of ComfyUI behind %s', (_, before) => {
  expect(readMetadataSync(buildSvg(`{"prompt": ${graph}, "workflow": {"nodes": []}}`, before))).toMatchObject(
    {
      container: 'svg',
      width: 640,
      height: 480,
      ...made,
    },
  );
});

test('SVG: metadata beyond the head of the file, and metadata that do not end', () => {
  const long = buildSvg(`{"pad": "${'x'.repeat(200_000)}", "prompt": ${graph}}`);
  expect(readMetadataSync(long)).toMatchObject(made);
  expect(readMetadataSync(long.subarray(0, 150_000))).toMatchObject({
    generation: undefined,
    warnings: [{ code: 'truncated', message: 'The SVG ends inside its metadata.' }],
  });
});

test('SVG: XMP, and the size by its box', () => {
  const packet = Buffer.from(
    buildXmp({ dc: 'http://purl.org/dc/elements/1.1/' }, '<dc:description>a fox</dc:description>'),
  ).toString();
  const file = utf8(
    `<svg viewBox="0 0 32.4 24"><metadata>${packet.replace(/<\?xpacket[^>]*>/g, '')}</metadata></svg>`,
  );
  expect(readMetadataSync(file)).toMatchObject({
    width: 32,
    height: 24,
    embedded: [{ location: 'svg:xmp:dc:description', key: 'description', text: 'a fox' }],
  });
});

test('other XML is no SVG', () => {
  expect(
    readMetadataSync(utf8('<?xml version="1.0"?><html><body>svg</body></html>')).container,
  ).toBeUndefined();
});

test('EXR: the texts of its header and its size', () => {
  const file = buildExr({ prompt: graph, comments: 'kept' });
  expect(readMetadataSync(file)).toMatchObject({ container: 'exr', width: 640, height: 480, ...made });
  expect(readMetadataSync(bytes(file, new Uint8Array(100))).embedded.map(({ key }) => key)).toEqual([
    'prompt',
    'comments',
  ]);
  expect(readMetadataSync(file.subarray(0, 200)).warnings).toMatchObject([{ code: 'truncated' }]);
});

test('WAV: the record of Wan2GP and a comment', () => {
  const record = { type: 'WanGP v11', prompt: 'a song', seed: 5, model_type: 'ace', settings_version: 2.7 };
  expect(readMetadataSync(buildWav({ json: JSON.stringify(record), comment: 'hello' }))).toMatchObject({
    container: 'wav',
    generator: 'wan2gp',
    generation: { prompt: 'a song', seed: '5' },
    embedded: [{ location: 'wav:INFO', key: 'ICMT', text: 'hello' }, { location: 'wav:json' }],
    warnings: [],
  });
});
