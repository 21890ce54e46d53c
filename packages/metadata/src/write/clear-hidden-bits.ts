import { zlibSync } from 'fflate';
import { joinBytes } from '../bytes/inflate-bounded.ts';
import { uint32Big } from '../bytes/integers.ts';
import { filterRow, PngRows } from '../stealth/png-rows.ts';
import type { StealthChannel } from '../stealth/hidden-bits.ts';
import { type Chunk, pngChunk } from './png-chunks.ts';

/**
 * The chunks of an 8-bit RGB or RGBA picture whose lowest bits no longer hold a text: those of alpha become those of an
 * opaque pixel, those of the colours zero. Each row keeps its filter. Undefined where the pixels are damaged.
 */
export function withoutHiddenBits(
  chunks: readonly Chunk[],
  channels: readonly StealthChannel[],
): Chunk[] | undefined {
  const [header] = chunks;
  const pixels = chunks.filter(({ type }) => type === 'IDAT');
  if (header === undefined || pixels.length === 0) return undefined;
  const rows = clearedRows(header.data, joinBytes(pixels.map(({ data }) => data)), channels);
  if (rows === undefined) return undefined;
  const [first] = pixels;
  const raw = pngChunk('IDAT', zlibSync(rows));
  return chunks.flatMap((chunk) => {
    if (chunk.type !== 'IDAT') return [chunk];
    return chunk === first ? [{ type: 'IDAT', data: raw.subarray(8, -4), raw }] : [];
  });
}

function clearedRows(
  header: Uint8Array,
  compressed: Uint8Array,
  channels: readonly StealthChannel[],
): Uint8Array | undefined {
  const [width, height] = [uint32Big(header, 0), uint32Big(header, 4)];
  const step = header[9] === 6 ? 4 : 3;
  const output = new Uint8Array(height * (1 + width * step));
  let previous = new Uint8Array(width * step);
  let y = 0;
  const rows = new PngRows(width, step, (row, filter) => {
    if (y >= height) return;
    const cleared = clearRow(row, step, channels);
    output.set(filterRow(filter, cleared, previous, step), y * (1 + width * step));
    previous = cleared;
    y += 1;
  });
  try {
    rows.push(compressed);
  } catch {
    return undefined;
  }
  return y === height ? output : undefined;
}

/** Opaque in the eyes of whoever hides a text: 254 and 255 are the two values that it leaves. */
const nearlyOpaque = 254;

function clearRow(
  row: Uint8Array,
  step: 3 | 4,
  channels: readonly StealthChannel[],
): Uint8Array<ArrayBuffer> {
  const cleared = new Uint8Array(row);
  const clearsAlpha = step === 4 && channels.includes('alpha');
  const clearsColours = channels.includes('rgb');
  for (let at = 0; at < cleared.length; at += 1) {
    const isAlpha = step === 4 && at % 4 === 3;
    const value = cleared[at] ?? 0;
    if (isAlpha ? clearsAlpha : clearsColours) {
      cleared[at] = isAlpha && value >= nearlyOpaque ? 255 : value & 0xfe;
    }
  }
  return cleared;
}
