import { limits } from '../bytes/limits.ts';
import type { AiProvenance, Container, EmbeddedText, MetadataWarning } from '../image-metadata.ts';

/** Collects what a container reader finds, within the limits of one file. */
export class Findings {
  readonly embedded: EmbeddedText[] = [];
  readonly warnings: MetadataWarning[] = [];
  readonly provenance: AiProvenance[] = [];
  container: Container;
  width: number | undefined;
  height: number | undefined;
  #total = 0;

  constructor(container: Container) {
    this.container = container;
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
