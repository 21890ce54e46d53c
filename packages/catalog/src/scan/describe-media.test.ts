import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { buildPng } from '../conformance/library/build-png.ts';
import { describeFile } from './describe-media.ts';
import { withMediaFile } from './open-media-file.ts';

/** What is told of `pic.png` that lies in a folder beside these files. */
function described(infotext: string, beside: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'describe-media-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(beside)) writeFileSync(join(folder, name), text);
  const path = join(folder, 'pic.png');
  writeFileSync(path, buildPng(infotext));
  return withMediaFile(path, basename(path), statSync(path).size, describeFile);
}

it('takes the caption beside a picture without metadata as its text', () => {
  expect(described('', { 'pic.txt': ' a heron at dawn\n' })).toMatchObject({
    isMedia: true,
    infotext: 'a heron at dawn',
    width: 8,
  });
  expect(described('', { 'pic.png.txt': 'a heron at dusk' })).toMatchObject({ infotext: 'a heron at dusk' });
});

it('prefers the caption without the extension of the picture, and one that says something', () => {
  expect(described('', { 'pic.txt': 'first', 'pic.png.txt': 'second' })).toMatchObject({ infotext: 'first' });
  expect(described('', { 'pic.txt': ' \n', 'pic.png.txt': 'second' })).toMatchObject({ infotext: 'second' });
});

it('prefers what the picture itself says to a caption', () => {
  const infotext = 'a fox\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42, Size: 8x8';
  const found = described(infotext, { 'pic.txt': 'a heron at dawn' });
  expect(found).toMatchObject({ generator: 'automatic1111', seed: '42', steps: 20 });
  expect(found).not.toMatchObject({ infotext: expect.stringContaining('heron') });
});

it('reads a description beside a picture without one as it reads one inside', () => {
  const infotext = 'a heron\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42, Size: 8x8';
  expect(described('', { 'pic.txt': infotext })).toMatchObject({
    infotext: expect.stringContaining(infotext),
    generator: 'automatic1111',
    seed: '42',
    steps: 20,
    cfgScale: 7,
  });
});

it('has no text where there is neither metadata nor a caption', () => {
  expect(described('', {})).toMatchObject({ isMedia: true, infotext: '', tags: expect.anything() });
});

/** What is told of a file of this name with these bytes. */
function describedAs(name: string, bytes: Uint8Array) {
  const folder = mkdtempSync(join(tmpdir(), 'describe-media-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return withMediaFile(path, name, bytes.length, describeFile);
}

it.each(['a.bmp', 'a.wmv', 'a.flv', 'a.wma', 'a.svg', 'half-written.png'])(
  'takes %s at its name, whatever is in it',
  (name) => {
    for (const bytes of [new Uint8Array(), new Uint8Array(600).fill(7)])
      expect(describedAs(name, bytes)).toMatchObject({ isMedia: true, infotext: '' });
  },
);

it('tells a video from a program by its packets', () => {
  const packets = new Uint8Array(600);
  packets[0] = packets[188] = 0x47;
  const timedPackets = new Uint8Array(600);
  timedPackets[4] = timedPackets[196] = 0x47;
  for (const bytes of [packets, timedPackets])
    expect(describedAs('a.ts', bytes)).toMatchObject({ isMedia: true });
  for (const text of ['', 'G', 'export const a = 1;\n'.repeat(40)])
    expect(describedAs('a.ts', Buffer.from(text))).toMatchObject({ isMedia: false });
});
