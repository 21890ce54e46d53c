import { limits } from '../bytes/limits.ts';
import { exifTags } from './exif-tags.ts';
import { strayValues, type ValuePlace } from './stray-values.ts';

export interface TiffField {
  readonly tag: number;
  readonly name: string;
  /** TIFF type: 2 is ASCII, 7 is undefined, 1 is byte. */
  readonly type: number;
  readonly bytes: Uint8Array;
}

export interface TiffContent {
  readonly fields: readonly TiffField[];
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** Whether a directory or value lay outside the block. */
  readonly damaged: boolean;
}

const typeSizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
const imageWidth = 0x0100;
const imageLength = 0x0101;
const exifPointer = 0x8769;

/**
 * The known text fields of a TIFF block (EXIF) in the order IFD0, ExifIFD, IFD1 and so on;
 * undefined when it is none. Tags are looked for in every directory, because Fooocus writes
 * UserComment into IFD0.
 */
export function readTiff(block: Uint8Array): TiffContent | undefined {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  if (block.length < 8) return undefined;
  const mark = view.getUint16(0);
  if (mark !== 0x4949 && mark !== 0x4d4d) return undefined;
  const little = mark === 0x4949;
  if (view.getUint16(2, little) !== 42) return undefined;
  return new TiffWalk(block, view, little).walk(view.getUint32(4, little));
}

class TiffWalk {
  readonly #block: Uint8Array;
  readonly #view: DataView;
  readonly #little: boolean;
  readonly #fields: TiffField[] = [];
  /** Where the values lie that do not stand in their entries. */
  readonly #places = new Map<TiffField, ValuePlace>();
  readonly #visited = new Set<number>();
  #damaged = false;
  #width: number | undefined;
  #height: number | undefined;

  constructor(block: Uint8Array, view: DataView, little: boolean) {
    this.#block = block;
    this.#view = view;
    this.#little = little;
  }

  walk(first: number): TiffContent {
    let offset = first;
    while (offset !== 0) offset = this.#directory(offset);
    return {
      fields: this.#withStrayValues(),
      width: this.#width,
      height: this.#height,
      damaged: this.#damaged,
    };
  }

  /** Reads one directory and what it points to; returns where the next one is. */
  #directory(offset: number): number {
    if (this.#visited.has(offset) || this.#visited.size >= limits.tiffDirectories) return 0;
    this.#visited.add(offset);
    if (offset + 2 > this.#block.length) return this.#damage();
    const count = this.#view.getUint16(offset, this.#little);
    if (count > limits.tiffEntries) return this.#damage();
    let exif = 0;
    for (let index = 0; index < count; index += 1) {
      const at = offset + 2 + index * 12;
      if (at + 12 > this.#block.length) return this.#damage();
      const tag = this.#view.getUint16(at, this.#little);
      if (tag === exifPointer) exif = this.#view.getUint32(at + 8, this.#little);
      else this.#field(tag, at);
    }
    if (exif !== 0) this.#directory(exif);
    const next = offset + 2 + count * 12;
    return next + 4 <= this.#block.length ? this.#view.getUint32(next, this.#little) : 0;
  }

  #field(tag: number, at: number): void {
    if (tag === imageWidth) this.#width ??= this.#integer(at);
    if (tag === imageLength) this.#height ??= this.#integer(at);
    const name = exifTags.get(tag);
    if (name === undefined) return;
    const type = this.#view.getUint16(at + 2, this.#little);
    const length = this.#view.getUint32(at + 4, this.#little) * (typeSizes[type] ?? 0);
    if (length === 0) return;
    const start = length <= 4 ? at + 8 : this.#view.getUint32(at + 8, this.#little);
    const bytes = this.#block.subarray(start, start + length);
    if (bytes.length < length) this.#damaged = true;
    const field = { tag, name, type, bytes };
    if (length > 4) this.#places.set(field, { tag, type, start, length });
    this.#fields.push(field);
  }

  #withStrayValues(): readonly TiffField[] {
    const stray = strayValues(this.#block, [...this.#places.values()]);
    const fields =
      stray === undefined
        ? this.#fields
        : this.#fields.map((field) => {
            const place = this.#places.get(field);
            return { ...field, bytes: (place && stray.get(place)) ?? field.bytes };
          });
    return fields.filter(({ bytes }) => bytes.length > 0);
  }

  #integer(at: number): number | undefined {
    const type = this.#view.getUint16(at + 2, this.#little);
    if (type === 3) return this.#view.getUint16(at + 8, this.#little);
    return type === 4 ? this.#view.getUint32(at + 8, this.#little) : undefined;
  }

  #damage(): 0 {
    this.#damaged = true;
    return 0;
  }
}
