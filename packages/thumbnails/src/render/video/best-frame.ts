import type { Sharp } from 'sharp';

import type { VideoReader } from './video-reader.ts';

// Parts of the length at which frames are tried: early, for the end of a story is not its cover.
const tries = [0, 0.05, 0.1, 0.2, 0.35];
const unknownLengthSeconds = 20;
const sampleSide = 64;
// Of a possible 8 bits: photographs and drawings have 6 to 7.5, title cards and fades 0 to 4.
const goodEntropy = 5.5;
const darkest = 28;
const brightest = 228;

/**
 * Looks at a few early frames until one is neither nearly black, white nor empty,
 * and gives that one or else the one with most to see.
 */
export async function bestFrame(video: VideoReader, searchMs: number): Promise<Sharp | undefined> {
  const end = performance.now() + searchMs;
  let best: { frame: Sharp; score: number } | undefined;
  for (const part of tries) {
    if (best && performance.now() > end) break;
    const seconds = part * (video.info.durationSeconds ?? unknownLengthSeconds);
    const frame = await video.frameAt(seconds);
    if (!frame) continue;
    const score = frameScore(await greySample(frame));
    if (!best || score > best.score) best = { frame, score };
    if (score >= goodEntropy) break;
  }
  return best?.frame;
}

async function greySample(frame: Sharp): Promise<Uint8Array> {
  return frame
    .clone()
    .greyscale()
    .resize(sampleSide, sampleSide, { fit: 'fill' })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
}

/** How much there is to see: the entropy of the grey values in bits, lowered for a very dark or bright frame. */
export function frameScore(grey: Uint8Array): number {
  const counts = new Uint32Array(256);
  let sum = 0;
  for (const value of grey) {
    counts[value] = (counts[value] ?? 0) + 1;
    sum += value;
  }
  let entropy = 0;
  for (const count of counts) {
    if (count > 0) entropy -= (count / grey.length) * Math.log2(count / grey.length);
  }
  const mean = sum / grey.length;
  return mean < darkest || mean > brightest ? entropy / 4 : entropy;
}
