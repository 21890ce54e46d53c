import { expect, test } from 'vitest';
import { readMetadataSync } from '../src/index.ts';
import { buildFlac } from './helpers/build-audio.ts';
import { buildWav } from './helpers/build-drawings.ts';
import { box, buildMp4, fullBox } from './helpers/build-iso.ts';
import { buildMatroska, element } from './helpers/build-matroska.ts';
import { buildPng } from './helpers/build-png.ts';
import { riffChunk, riffFile } from './helpers/build-webp.ts';
import { bytes, uint32, uint64 } from './helpers/bytes.ts';

const timingOf = (file: Uint8Array) => readMetadataSync(file).timing;

const trackMedia = (spans: readonly (readonly [count: number, delta: number])[]) =>
  box(
    'mdia',
    fullBox('mdhd', 0, uint32(0), uint32(0), uint32(12_800), uint32(41_472), uint32(0)),
    fullBox('hdlr', 0, uint32(0), 'vide', new Uint8Array(13)),
    box(
      'minf',
      box(
        'stbl',
        fullBox('stsd', 0, uint32(1), box('avc1', new Uint8Array(70))),
        fullBox(
          'stts',
          0,
          uint32(spans.length),
          ...spans.flatMap(([count, delta]) => [uint32(count), uint32(delta)]),
        ),
      ),
    ),
  );
const movieHeader = fullBox('mvhd', 0, uint32(0), uint32(0), uint32(1000), uint32(3240), new Uint8Array(80));
const tracks = [{ kind: 'video', codec: 'avc1' }];

test.each([
  ['one rate', [[81, 512]], { duration: 3.24, frameRate: 25, frameCount: 81, tracks }],
  [
    'a last frame that lasts longer',
    [
      [80, 512],
      [1, 600],
    ],
    { duration: 3.24, frameRate: 25, frameCount: 81, tracks },
  ],
  [
    'frames that last as they please',
    [
      [3, 512],
      [4, 600],
      [5, 7],
    ],
    { duration: 3.24, frameCount: 12, tracks },
  ],
  ['no table', [], { duration: 3.24, tracks }],
] as const)('MP4: %s', (_, spans, timing) => {
  for (const moov of ['first', 'last'] as const) {
    expect(timingOf(buildMp4({ movieHeader, trackMedia: trackMedia(spans), moov }))).toEqual(timing);
  }
});

test('MP4: a duration of 64 bits', () => {
  const long = fullBox('mvhd', 1, uint64(0), uint64(0), uint32(600), uint64(600 * 7), new Uint8Array(80));
  expect(timingOf(buildMp4({ movieHeader: long }))).toEqual({ duration: 7 });
});

test('Matroska: duration, frame rate and codec', () => {
  const seconds = new Uint8Array(8);
  new DataView(seconds.buffer).setFloat64(0, 3240);
  const info = element(0x1549a966, element(0x2ad7b1, 0x0f, 0x42, 0x40), element(0x4489, seconds));
  const track = bytes(element(0x83, 1), element(0x86, 'V_VP9'), element(0x23e383, uint32(40_000_000)));
  expect(timingOf(buildMatroska({ info, track }))).toEqual({
    duration: 3.24,
    frameRate: 25,
    tracks: [{ kind: 'video', codec: 'V_VP9' }],
  });
});

test('AVI: the main header', () => {
  const little = (value: number) => uint32(value, 'little');
  const header = bytes(
    little(40_000),
    new Uint8Array(12),
    little(50),
    new Uint8Array(12),
    little(64),
    little(48),
  );
  const file = riffFile('AVI ', riffChunk('LIST', bytes('hdrl', riffChunk('avih', header))));
  expect(readMetadataSync(file)).toMatchObject({
    width: 64,
    height: 48,
    timing: { duration: 2, frameRate: 25, frameCount: 50 },
  });
});

test('WAV: the bytes of its sound', () => {
  expect(timingOf(buildWav({ data: 24_000 }))).toEqual({
    duration: 1.5,
    tracks: [{ kind: 'audio', codec: 'pcm' }],
  });
});

test('what is not known is absent', () => {
  expect(timingOf(buildPng())).toBeUndefined();
  expect(timingOf(buildMp4())).toBeUndefined();
  expect(timingOf(buildFlac({}))).toEqual({ tracks: [{ kind: 'audio', codec: 'flac' }] });
  expect(timingOf(buildWav({ data: 0 }))).toEqual({ tracks: [{ kind: 'audio', codec: 'pcm' }] });
});
