import { joinBytes } from '../bytes/inflate-bounded.ts';
import { withoutExifPrefix } from './exif-prefix.ts';

interface Entry {
  readonly tag: number;
  /** The twelve bytes as they lie in the directory. */
  readonly raw: Uint8Array;
}

const exifPointer = 0x8769;
const long = 4;
const short = 3;

/**
 * Changes a TIFF block by appending: changed directories and new values go behind the old bytes
 * and everything else stays where it is, so that offsets inside maker notes remain true.
 */
export class TiffEditor {
  #block: Uint8Array;
  readonly #little: boolean;

  private constructor(block: Uint8Array, little: boolean) {
    this.#block = block;
    this.#little = little;
  }

  /** Undefined when the block is no TIFF structure. Takes it with or without `Exif\0\0`. */
  static open(exif: Uint8Array): TiffEditor | undefined {
    const block = withoutExifPrefix(exif);
    const little = block[0] === 0x49;
    const mark = little ? 0x49 : 0x4d;
    if (block.length < 8 || block[0] !== mark || block[1] !== mark) return undefined;
    return new TiffEditor(block, little);
  }

  /** A big-endian block without any entry. */
  static empty(): TiffEditor {
    return new TiffEditor(new Uint8Array([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0]), false);
  }

  bytes(): Uint8Array {
    return this.#block;
  }

  /** The value of an entry of IFD0 that is one 16-bit integer. */
  shortValue(tag: number): number | undefined {
    const entry = this.#entries(this.#first()).find((candidate) => candidate.tag === tag);
    return entry && viewOf(entry.raw).getUint16(8, this.#little);
  }

  setShort(tag: number, value: number): void {
    const raw = this.#entry(tag, short, 1);
    viewOf(raw).setUint16(8, value, this.#little);
    this.#replaceFirst({ tag, raw });
  }

  /** Sets a value of type "undefined" in the EXIF directory, which is made if there is none. */
  setExifBytes(tag: number, value: Uint8Array): void {
    const raw = this.#entry(tag, 7, value.length);
    viewOf(raw).setUint32(8, this.#append(value), this.#little);
    const pointer = this.#entries(this.#first()).find((entry) => entry.tag === exifPointer);
    const old = pointer === undefined ? 0 : viewOf(pointer.raw).getUint32(8, this.#little);
    const directory = this.#directory(withEntry(this.#entries(old), { tag, raw }), 0);
    const link = this.#entry(exifPointer, long, 1);
    viewOf(link).setUint32(8, this.#append(directory), this.#little);
    this.#replaceFirst({ tag: exifPointer, raw: link });
  }

  /** Takes an entry out of IFD0. */
  remove(tag: number): void {
    const entries = this.#entries(this.#first());
    const kept = entries.filter((entry) => entry.tag !== tag);
    if (kept.length < entries.length) this.#writeFirst(kept);
  }

  #first(): number {
    return viewOf(this.#block).getUint32(4, this.#little);
  }

  #entries(offset: number): Entry[] {
    if (offset === 0 || offset + 2 > this.#block.length) return [];
    const view = viewOf(this.#block);
    const entries: Entry[] = [];
    const count = view.getUint16(offset, this.#little);
    for (let at = offset + 2; at < offset + 2 + count * 12; at += 12) {
      if (at + 12 > this.#block.length) break;
      const raw = this.#block.subarray(at, at + 12);
      entries.push({ tag: view.getUint16(at, this.#little), raw });
    }
    return entries;
  }

  #replaceFirst(entry: Entry): void {
    this.#writeFirst(withEntry(this.#entries(this.#first()), entry));
  }

  #writeFirst(entries: readonly Entry[]): void {
    const offset = this.#append(this.#directory(entries, this.#next(this.#first())));
    viewOf(this.#block).setUint32(4, offset, this.#little);
  }

  /** Where the directory after this one lies. */
  #next(offset: number): number {
    if (offset + 2 > this.#block.length) return 0;
    const view = viewOf(this.#block);
    const at = offset + 2 + view.getUint16(offset, this.#little) * 12;
    return at + 4 <= this.#block.length ? view.getUint32(at, this.#little) : 0;
  }

  #entry(tag: number, type: number, count: number): Uint8Array {
    const raw = new Uint8Array(12);
    const view = viewOf(raw);
    view.setUint16(0, tag, this.#little);
    view.setUint16(2, type, this.#little);
    view.setUint32(4, count, this.#little);
    return raw;
  }

  #directory(entries: readonly Entry[], next: number): Uint8Array {
    const bytes = new Uint8Array(2 + entries.length * 12 + 4);
    const view = viewOf(bytes);
    view.setUint16(0, entries.length, this.#little);
    entries.forEach(({ raw }, index) => bytes.set(raw, 2 + index * 12));
    view.setUint32(bytes.length - 4, next, this.#little);
    return bytes;
  }

  /** Adds bytes at an even offset, as TIFF asks for, and returns the offset. */
  #append(bytes: Uint8Array): number {
    const offset = this.#block.length + (this.#block.length % 2);
    const padding = new Uint8Array(offset - this.#block.length);
    this.#block = joinBytes([this.#block, padding, bytes]);
    return offset;
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The entries with one of them replaced or added, in the order of tags that TIFF asks for. */
function withEntry(entries: readonly Entry[], entry: Entry): Entry[] {
  const others = entries.filter(({ tag }) => tag !== entry.tag);
  return [...others, entry].sort((one, other) => one.tag - other.tag);
}
