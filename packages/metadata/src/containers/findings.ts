import { limits } from '../bytes/limits.ts';
import type { ExifValue } from '../exif/list-exif.ts';
import type { Platform } from '../platform.ts';
import type { Container, EmbeddedText, MetadataWarning } from '../image-metadata.ts';

/** Collects what a container reader finds, within the limits of one file. */
export class Findings {
  readonly embedded: EmbeddedText[] = [];
  readonly warnings: MetadataWarning[] = [];
  /** Where every EXIF value is wanted. */
  readonly exif: ExifValue[] | undefined;
  container: Container;
  width: number | undefined;
  height: number | undefined;
  readonly #platform: Platform;
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

  /** Decompresses Brotli where the platform can; otherwise a warning. */
  inflateBrotli(bytes: Uint8Array): Uint8Array | undefined {
    if (this.#platform.decompressBrotli === undefined) {
      this.warn('unresolved', 'Metadata is compressed with Brotli, and no decompressBrotli is given.');
      return undefined;
    }
    try {
      return this.#platform.decompressBrotli(bytes, limits.inflatedBytes);
    } catch {
      this.warn('malformed', 'Brotli data is damaged, or inflates beyond its limit.');
      return undefined;
    }
  }

  /** Notes damage, each kind of it once. */
  warn(code: MetadataWarning['code'], message: string): void {
    if (this.warnings.some((known) => known.message === message)) return;
    this.warnings.push({ code, message });
  }

  /** Sets the pixel size, unless a more reliable place has said it before. */
  size(width: number, height: number): void {
    if (this.width !== undefined || width <= 0 || height <= 0) return;
    this.width = width;
    this.height = height;
  }
}
