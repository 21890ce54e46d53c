import type { ByteBudget } from '../bytes/byte-budget.ts';
import type { ByteReader } from '../bytes/byte-reader.ts';
import { uint32Big } from '../bytes/integers.ts';
import { limits } from '../bytes/limits.ts';
import type { Reading } from '../bytes/reading.ts';
import type { Findings } from '../containers/findings.ts';
import { asciiAt } from '../text/decode-text.ts';
import { addHiddenText } from './add-hidden-text.ts';
import { HiddenBits, type StealthChannel } from './hidden-bits.ts';
import { PngRows } from './png-rows.ts';

/** Compressed bytes that are read at a time, and those that are decoded at a time: at most 4 MB of pixels. */
const stepBytes = 16 * 1024;
const pushBytes = 4 * 1024;
const maximumRatio = 1032;

/**
 * Adds a text that is hidden in the lowest bits of a PNG's pixels. The first rows are decoded to
 * look for its mark; only a picture that has it is decoded whole.
 */
export function* readPngStealth(file: ByteReader, found: Findings): Reading<readonly StealthChannel[]> {
  const header = yield* file.read(0, 33);
  const width = uint32Big(header, 16);
  const height = uint32Big(header, 20);
  const [depth, colour, , , interlaced] = header.subarray(24);
  // Pictures with a palette or with 16 bits a channel cannot hold such a text.
  if (depth !== 8 || interlaced !== 0 || (colour !== 6 && colour !== 2)) return [];
  if (width * height > limits.stealthPixels || width * height === 0) return [];
  const channels = colour === 6 ? 4 : 3;
  // Deflate shrinks at most a thousandfold: a smaller file does not hold such a picture.
  if (width * height * channels > file.size * maximumRatio) return [];
  const planes = (channels === 4 ? (['alpha', 'rgb'] as const) : (['rgb'] as const)).map(
    (channel) => new HiddenBits(width, height, channel),
  );
  return yield* new StealthSearch(file, width, height, channels, planes).run(found);
}

class StealthSearch {
  readonly #file: ByteReader;
  readonly #height: number;
  readonly #rows: PngRows;
  #planes: readonly HiddenBits[];
  #y = 0;
  #spent = 0;

  constructor(
    file: ByteReader,
    width: number,
    height: number,
    channels: 3 | 4,
    planes: readonly HiddenBits[],
  ) {
    this.#file = file;
    this.#height = height;
    this.#planes = planes;
    this.#rows = new PngRows(width, channels, (row) => {
      if (this.#y >= height) return;
      for (const plane of this.#planes) plane.setRow(this.#y, row, channels);
      this.#y += 1;
      this.#dropUnmarked();
    });
  }

  *run(found: Findings): Reading<readonly StealthChannel[]> {
    let at = 33;
    for (let count = 0; count < limits.blocks && !this.#isDone(); count += 1) {
      const header = yield* this.#file.read(at, 8);
      const type = asciiAt(header, 4, 4);
      const length = uint32Big(header, 0);
      if (header.length < 8 || type === 'IEND') break;
      if (type === 'IDAT' && !(yield* this.#decode(at + 8, length, found))) return this.#marked();
      at += 12 + length;
    }
    for (const plane of this.#y < this.#height ? [] : this.#planes) addHiddenText(plane, found);
    return this.#marked();
  }

  #marked(): readonly StealthChannel[] {
    const channels = this.#planes.map(({ channel }) => channel);
    return channels.filter((channel) => this.#y >= this.#rowsOfMagic(channel));
  }

  /** False where the picture is damaged, or the search costs too much. */
  *#decode(start: number, length: number, found: Findings): Reading<boolean> {
    for (let at = 0; at < length && !this.#isDone(); at += stepBytes) {
      const bytes = yield* this.#file.read(start + at, Math.min(stepBytes, length - at));
      if (bytes.length === 0) return false;
      if (!this.#push(bytes, found)) return false;
    }
    return true;
  }

  #push(bytes: Uint8Array, found: Findings): boolean {
    for (let at = 0; at < bytes.length && !this.#isDone(); at += pushBytes) {
      try {
        this.#rows.push(bytes.subarray(at, at + pushBytes));
      } catch {
        found.warn('malformed', 'The pixels of the PNG cannot be decompressed.');
        return false;
      }
      if (!this.#spend(found.inflation)) {
        found.warnOfInflation();
        return false;
      }
    }
    return true;
  }

  /** A picture with the mark may cost more than texts may: its size is bounded. */
  #spend(budget: ByteBudget): boolean {
    const inflated = this.#rows.inflatedBytes - this.#spent;
    this.#spent += inflated;
    const isMarked = this.#planes.some((plane) => this.#y >= this.#rowsOfMagic(plane.channel));
    return isMarked || budget.spend(inflated) || this.#isDone();
  }

  #isDone(): boolean {
    return this.#planes.length === 0 || this.#y >= this.#height;
  }

  #dropUnmarked(): void {
    this.#planes = this.#planes.filter(
      (plane) => this.#y !== this.#rowsOfMagic(plane.channel) || plane.hasMagic(),
    );
  }

  #rowsOfMagic(channel: StealthChannel): number {
    return HiddenBits.rowsOfMagic(this.#height, channel);
  }
}
