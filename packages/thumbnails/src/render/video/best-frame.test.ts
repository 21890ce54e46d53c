import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';

import { bestFrame, frameScore } from './best-frame.ts';
import type { VideoReader } from './video-reader.ts';

const noise = (count: number, from: number, to: number): Uint8Array =>
  Uint8Array.from({ length: count }, (_, index) => from + ((index * 7919) % (to - from)));

const frameOf = (grey: Uint8Array): Sharp =>
  sharp(grey, { raw: { width: 64, height: grey.length / 64, channels: 1 } });

const black = new Uint8Array(4096);
const plain = noise(4096, 100, 104);
const rich = noise(4096, 0, 255);

/** A video of 100 seconds that changes to each of these frames at its second. */
function video(frames: Record<number, Uint8Array>): VideoReader & { asked: number[] } {
  const asked: number[] = [];
  return {
    asked,
    info: { durationSeconds: 100, width: 64, height: 64, codec: 'test', container: 'test', hasAudio: false },
    frameAt: (seconds) => {
      asked.push(seconds);
      const start = Object.keys(frames)
        .map(Number)
        .findLast((start) => start <= seconds);
      const frame = start === undefined ? undefined : frames[start];
      return Promise.resolve(frame && frameOf(frame));
    },
    close: () => Promise.resolve(),
  };
}

const greyOf = async (frame: Sharp | undefined): Promise<number[] | undefined> =>
  frame && [...new Uint8Array(await frame.greyscale().toColourspace('b-w').raw().toBuffer())];

describe('frameScore', () => {
  test('is the entropy in bits', () => {
    expect(frameScore(Uint8Array.from([64, 64, 64, 64]))).toBe(0);
    expect(frameScore(Uint8Array.from([64, 64, 128, 128]))).toBe(1);
    expect(frameScore(Uint8Array.from([64, 96, 128, 160]))).toBe(2);
  });

  test('is lower for a frame that is nearly black or white', () => {
    expect(frameScore(Uint8Array.from([0, 1, 2, 3]))).toBe(0.5);
    expect(frameScore(Uint8Array.from([252, 253, 254, 255]))).toBe(0.5);
  });
});

describe('bestFrame', () => {
  test('takes the first frame when it is good and looks no further', async () => {
    const film = video({ 0: rich, 5: black });
    expect(await greyOf(await bestFrame(film, 1000))).toEqual([...rich]);
    expect(film.asked).toEqual([0]);
  });

  test('goes on from a black one to a good one', async () => {
    const film = video({ 0: black, 9: rich });
    expect(await greyOf(await bestFrame(film, 1000))).toEqual([...rich]);
    expect(film.asked).toEqual([0, 5, 10]);
  });

  test('takes the one with most to see when none is good', async () => {
    const film = video({ 0: black, 9: plain, 15: black });
    expect(await greyOf(await bestFrame(film, 1000))).toEqual([...plain]);
    expect(film.asked).toEqual([0, 5, 10, 20, 35]);
  });

  test('stops at the time limit with what there is', async () => {
    const film = video({ 0: black, 9: rich });
    expect(await greyOf(await bestFrame(film, -1))).toEqual([...black]);
  });

  test('looks on for a first frame after the time limit', async () => {
    const film = video({ 9: plain });
    expect(await greyOf(await bestFrame(film, -1))).toEqual([...plain]);
  });

  test('gives none for a video without frames', async () => {
    expect(await bestFrame(video({}), 1000)).toBeUndefined();
  });
});
