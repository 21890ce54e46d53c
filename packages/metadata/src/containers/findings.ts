import { ByteBudget } from '../bytes/byte-budget.ts';
import { crc32 } from '../bytes/crc32.ts';
import { inflateBounded } from '../bytes/inflate-bounded.ts';
import { limits } from '../bytes/limits.ts';
import type { ExifValue } from '../exif/list-exif.ts';
import type { Platform } from '../platform.ts';
import type { Container, EmbeddedText, MediaTiming, MediaTrack, MetadataWarning } from '../image-metadata.ts';

const maximumTracks = 64;

/** To microseconds, which containers count in units of their own. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** Collects what a container reader finds, within the limits of one file. */
export class Findings {
  readonly embedded: EmbeddedText[] = [];
  readonly warnings: MetadataWarning[] = [];
  /** Where every EXIF value is wanted. */
  readonly exif: ExifValue[] | undefined;
  container: Container;
  width: number | undefined;
  height: number | undefined;
  /** What all compressed values of the file may inflate to. */
  readonly inflation = new ByteBudget(limits.totalBytes);
  /** What the values of EXIF may have together, which may lie over each other. */
  readonly exifBytes = new ByteBudget(limits.totalBytes);
  readonly #platform: Platform;
  readonly #timing: { duration?: number; frameRate?: number; frameCount?: number } = {};
  readonly #tracks: MediaTrack[] = [];
  #total = 0;

  constructor(container: Container, platform: Platform & { readonly exif?: boolean } = {}) {
    this.container = container;
    this.exif = platform.exif === true ? [] : undefined;
    this.#platform = platform;
  }

  /** Keeps a text; `slot` is the place inside the container, such as `tEXt` or `exif:Model`. */
  add(slot: string, key: string, text: string): void {
    if (this.embedded.length >= limits.values) {
      this.warn('limit-exceeded', `More than ${limits.values} embedded values.`);
      return;
    }
    this.#total += text.length;
    if (this.#total > limits.totalBytes) {
      this.warn('limit-exceeded', `More than ${limits.totalBytes} bytes of embedded values.`);
      return;
    }
    this.embedded.push({ location: `${this.container}:${slot}`, key, text });
  }

  /** Decompresses, with a warning where that is beyond a limit; `complete` is false where the data breaks off. */
  inflate(
    bytes: Uint8Array,
    format: 'zlib' | 'gzip' = 'zlib',
  ): { bytes: Uint8Array; complete: boolean } | undefined {
    const inflated = inflateBounded(bytes, limits.inflatedBytes, this.inflation, format);
    if (inflated === undefined) this.warnOfInflation();
    return inflated;
  }

  crc32(bytes: Uint8Array): number {
    return this.#platform.crc32?.(bytes) ?? crc32(bytes);
  }

  /** Decompresses Brotli where the platform can; otherwise a warning. */
  inflateBrotli(bytes: Uint8Array): Uint8Array | undefined {
    if (this.#platform.decompressBrotli === undefined) {
      this.warn('unresolved', 'Metadata is compressed with Brotli, and no decompressBrotli is given.');
      return undefined;
    }
    const most = Math.min(limits.inflatedBytes, this.inflation.left);
    if (most === 0) {
      this.warnOfInflation();
      return undefined;
    }
    try {
      const inflated = this.#platform.decompressBrotli(bytes, most);
      this.inflation.spend(inflated.length);
      return inflated;
    } catch {
      // How far it came is not known: as far as it was allowed to.
      this.inflation.spend(most);
      this.warn('malformed', 'Brotli data is damaged, or inflates beyond its limit.');
      return undefined;
    }
  }

  /** Whether a value of EXIF is still within what all of them may have; a warning where not. */
  spendExif(bytes: number): boolean {
    if (this.exifBytes.spend(bytes)) return true;
    this.warn('limit-exceeded', `The EXIF values of the file have more than ${limits.totalBytes} bytes.`);
    return false;
  }

  /** Notes that a compressed value was given up because of its own length or of that of all before it. */
  warnOfInflation(): void {
    const isSpent = this.inflation.left === 0;
    this.warn(
      'limit-exceeded',
      isSpent
        ? `The compressed data of the file inflates to more than ${limits.totalBytes} bytes.`
        : `A text inflates to more than ${limits.inflatedBytes} bytes.`,
    );
  }

  /** Notes damage, each kind of it once. */
  warn(code: MetadataWarning['code'], message: string): void {
    if (this.warnings.some((known) => known.message === message)) return;
    this.warnings.push({ code, message });
  }

  /** Sets the seconds that a video or sound lasts, unless they were said before; what is no length is left out. */
  duration(seconds: number): void {
    if (Number.isFinite(seconds) && seconds > 0) this.#timing.duration ??= rounded(seconds);
  }

  /** Sets how many frames a video has, and how many a second, each where it is known. */
  frames(count: number | undefined, rate: number | undefined): void {
    if (count !== undefined && count > 0) this.#timing.frameCount ??= count;
    if (rate !== undefined && Number.isFinite(rate) && rate > 0) this.#timing.frameRate ??= rounded(rate);
  }

  addTrack(track: MediaTrack): void {
    if (this.#tracks.length < maximumTracks) this.#tracks.push(track);
  }

  /** Undefined where the container says nothing of it. */
  get timing(): MediaTiming | undefined {
    const timing = { ...this.#timing, ...(this.#tracks.length > 0 && { tracks: this.#tracks }) };
    return Object.keys(timing).length === 0 ? undefined : timing;
  }

  /** Sets the pixel size, unless a more reliable place has said it before. */
  size(width: number, height: number): void {
    if (this.width !== undefined || width <= 0 || height <= 0) return;
    this.width = width;
    this.height = height;
  }
}
