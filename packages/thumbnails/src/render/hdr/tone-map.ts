import type { HdrCoding } from './hdr-coding.ts';

/** Nits of white in graphics and of paper in HDR pictures (ITU-R BT.2408). */
const whiteNits = 203;
const hlgPeakNits = 1000;
// Tables spare three powers for each pixel; 12 bits are what PQ was made for.
const steps = 4096;
const shift = 4;
// What is brighter than this part of white is rolled off towards it, so that highlights keep their shapes.
const knee = 0.75;

/** Makes sRGB of 8 bits out of HDR pixels of 16 bits; a fourth channel is transparency. */
export function toneMap(pixels: Uint16Array, channels: 3 | 4, { transfer, isWide }: HdrCoding): Buffer {
  const light = table(transfer === 'pq' ? pqLight : hlgLight);
  const out = Buffer.alloc(pixels.length);
  for (let at = 0; at < pixels.length; at += channels) {
    const red = light[(pixels[at] ?? 0) >> shift] ?? 0;
    const green = light[(pixels[at + 1] ?? 0) >> shift] ?? 0;
    const blue = light[(pixels[at + 2] ?? 0) >> shift] ?? 0;
    const gain = transfer === 'hlg' ? hlgGain(red, green, blue) : 1;
    writePixel(
      out,
      at,
      isWide ? narrowed(red * gain, green * gain, blue * gain) : [red * gain, green * gain, blue * gain],
    );
    if (channels === 4) out[at + 3] = (pixels[at + 3] ?? 0) >> 8;
  }
  return out;
}

const table = (of: (value: number) => number): Float64Array =>
  Float64Array.from({ length: steps }, (_, index) => of(index / (steps - 1)));

/** SMPTE ST 2084, with 1 for white. */
function pqLight(value: number): number {
  const power = value ** (32 / 2523);
  const light = Math.max(power - 0.8359375, 0) / (18.8515625 - 18.6875 * power);
  return (10_000 / whiteNits) * light ** (8192 / 1305);
}

/** The light of the scene by ITU-R BT.2100, from 0 to 1. */
function hlgLight(value: number): number {
  return value <= 0.5
    ? value ** 2 / 3
    : (Math.exp((value - 0.559_910_73) / 0.178_832_77) + 0.284_668_92) / 12;
}

/** What a display makes of the light of the scene, with 1 for white. */
function hlgGain(red: number, green: number, blue: number): number {
  return (hlgPeakNits / whiteNits) * (0.2627 * red + 0.678 * green + 0.0593 * blue) ** 0.2;
}

type Rgb = readonly [red: number, green: number, blue: number];

/** From the primaries of BT.2020 to those of sRGB (ITU-R BT.2087). */
function narrowed(red: number, green: number, blue: number): Rgb {
  return [
    1.6605 * red - 0.5876 * green - 0.0728 * blue,
    -0.1246 * red + 1.1329 * green - 0.0083 * blue,
    -0.0182 * red - 0.1006 * green + 1.1187 * blue,
  ];
}

const encoded = Uint8Array.from({ length: steps }, (_, index) => {
  const light = index / (steps - 1);
  return Math.round(255 * (light <= 0.003_130_8 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055));
});

/** All channels are scaled alike, so that bright colours keep their hue. */
function writePixel(out: Buffer, at: number, rgb: Rgb): void {
  const brightest = Math.max(...rgb);
  const scale = brightest > knee ? rolledOff(brightest) / brightest : 1;
  for (const [channel, value] of rgb.entries()) {
    const light = Math.min(Math.max(value * scale, 0), 1);
    out[at + channel] = encoded[Math.round(light * (steps - 1))] ?? 0;
  }
}

function rolledOff(light: number): number {
  return knee + (1 - knee) * (1 - Math.exp((knee - light) / (1 - knee)));
}
