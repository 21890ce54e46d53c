import sharp from 'sharp';
import { expect, test } from 'vitest';
import { uint32Little } from '../../bytes/integers.ts';
import { asciiAt } from '../../text/decode-text.ts';
import { decodeVp8l } from './decode-vp8l.ts';

const noise = (width: number, height: number, colours: number) => {
  let state = 7;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 16;
  };
  const palette = Array.from({ length: colours }, () => [
    next() & 255,
    next() & 255,
    next() & 255,
    next() & 255,
  ]);
  return Uint8Array.from({ length: width * height }, next).reduce<number[]>((bytes, value) => {
    bytes.push(...(palette[value % colours] ?? []));
    return bytes;
  }, []);
};

const gradient = (width: number, height: number) =>
  Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    return [(x * 5 + y) & 255, (y * 3) & 255, (x ^ y) & 255, 255 - ((x * y) & 63)];
  }).flat();

const pictures = {
  'one pixel': [1, 1, noise(1, 1, 1)],
  'two colours': [37, 21, noise(37, 21, 2)],
  'four colours': [37, 21, noise(37, 21, 4)],
  'sixteen colours': [50, 40, noise(50, 40, 16)],
  'a palette': [90, 70, noise(90, 70, 200)],
  noise: [64, 48, noise(64, 48, 5000)],
  'a gradient': [200, 150, gradient(200, 150)],
  'a tall gradient': [17, 400, gradient(17, 400)],
} as const;

test.each(Object.entries(pictures))(
  '%s is decoded as libwebp decodes it, at every effort',
  async (_, [width, height, rgba]) => {
    const raw = Buffer.from(rgba);
    for (const effort of [0, 2, 4, 6]) {
      for (const nearLossless of [false, true]) {
        const file = await sharp(raw, { raw: { width, height, channels: 4 } })
          .webp({ lossless: true, effort, nearLossless, quality: 80 })
          .toBuffer();
        const expected = await sharp(file).ensureAlpha().raw().toBuffer();
        const decoded = decodeVp8l(vp8l(file), height);
        expect(decoded && toRgba(decoded)).toEqual(expected);
        const rows = Math.ceil(height / 3);
        const part = decodeVp8l(vp8l(file), rows);
        expect(part && toRgba(part)).toEqual(expected.subarray(0, rows * width * 4));
      }
    }
  },
);

test('a bitstream that is cut is not decoded', async () => {
  const file = await sharp(Buffer.from(gradient(40, 40)), { raw: { width: 40, height: 40, channels: 4 } })
    .webp({ lossless: true })
    .toBuffer();
  const whole = vp8l(file);
  for (let length = 0; length < whole.length / 2; length += 7) {
    expect(decodeVp8l(whole.subarray(0, length), 40)).toBeUndefined();
  }
});

function vp8l(file: Uint8Array): Uint8Array {
  for (let at = 12; at < file.length;) {
    const length = uint32Little(file, at + 4);
    if (asciiAt(file, at, 4) === 'VP8L') return file.subarray(at + 8, at + 8 + length);
    at += 8 + length + (length % 2);
  }
  throw new Error('The file has no lossless picture.');
}

function toRgba(pixels: Uint32Array): Buffer {
  const rgba = Buffer.alloc(pixels.length * 4);
  pixels.forEach((pixel, at) => {
    rgba.set([(pixel >>> 16) & 255, (pixel >>> 8) & 255, pixel & 255, pixel >>> 24], at * 4);
  });
  return rgba;
}
