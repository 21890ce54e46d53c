import { writeFile } from 'node:fs/promises';

import { expect, test } from 'vitest';

import { buildHeic } from './helpers/build-heic.ts';
import { makeVideo } from './helpers/make-video.ts';
import { needsNodeAv } from './helpers/needs-video.ts';
import { distance, look, quarters, type Colour } from './helpers/pixels.ts';
import { pqAvif } from './helpers/pq-avif.ts';
import { thumbnailerFixture } from './helpers/thumbnailer-fixture.ts';

const box = { width: 100, height: 100 };
// Black, 18 % grey, white (203 nits) and 1000 nits in PQ (ITU-R BT.2408), of 255.
const coded: Colour[] = [0, 97, 148, 192].map((value) => [value, value, value]);
const seen: Colour[] = [0, 103, 244, 255].map((value) => [value, value, value]);

test('an AVIF in PQ is tone mapped', async () => {
  const { thumbnailer, file } = await thumbnailerFixture();
  await writeFile(file('pq.avif'), pqAvif);
  const { quarters: colours } = await look((await thumbnailer.thumbnail(file('pq.avif'), box)).path);
  expect(
    distance(
      [colours[0] ?? [], colours[3] ?? []],
      [
        [224, 32, 32],
        [236, 236, 236],
      ],
    ),
  ).toBeLessThan(8);
});

test('an AVIF without HDR is shown as it is', async () => {
  const { thumbnailer, file } = await thumbnailerFixture();
  await quarters(200, 200, coded).avif({ quality: 90 }).toFile(file('sdr.avif'));
  const { path } = await thumbnailer.thumbnail(file('sdr.avif'), box);
  expect(distance((await look(path)).quarters, coded)).toBeLessThan(10);
});

test('a HEIC that tells PQ is tone mapped, its tiles being silent', async (context) => {
  needsNodeAv(context);
  const { thumbnailer, file } = await thumbnailerFixture();
  const form = { tile: 128, width: 200, height: 180, coding: [9, 16] } as const;
  await writeFile(file('pq.heic'), await buildHeic(file('scratch.mp4'), coded, form));
  const { path } = await thumbnailer.thumbnail(file('pq.heic'), box);
  expect(distance((await look(path)).quarters, seen)).toBeLessThan(16);
});

test.for([
  ['PQ', 16, seen],
  ['HLG', 18, [0, 103, 165, 244].map((value) => [value, value, value])],
] as const)(
  'the cover of a video in BT.2020 and %s comes in time, tone mapped',
  { timeout: 30_000 },
  async ([, transfer, expected], context) => {
    needsNodeAv(context);
    const { open, file } = await thumbnailerFixture();
    const form = { codec: 'libx264', coding: [9, transfer] } as const;
    await makeVideo(file('hdr.mp4'), [coded, coded, coded, coded, coded, coded], form);
    const { path } = await open({ timeoutMs: 3000 }).videoCover(file('hdr.mp4'), box);
    expect(distance((await look(path)).quarters, expected)).toBeLessThan(20);
  },
);
