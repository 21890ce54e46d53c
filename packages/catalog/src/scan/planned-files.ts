import type { PlannedFile } from './planned-file.ts';
import { storedText, TextStore } from './text-store.ts';

// The place of each field among the numbers of a file; the name takes two.
const wide = { bytes: 0, modified: 1, created: 2 } as const;
const wideCount = 3;
const narrow = { folder: 0, name: 1 } as const;
const narrowCount = 3;

const filesPerBlock = 4096;
// About what the names of so many files take.
const bytesOfNames = 1 << 16;

/** Some thousand files that were added one after the other. */
class Piece {
  readonly numbers = new Float64Array(filesPerBlock * wideCount);
  readonly places = new Int32Array(filesPerBlock * narrowCount);
  readonly names = new TextStore(bytesOfNames);
  /** Absent where no file has one, as in a new library. */
  ids: Float64Array | undefined;
  sidecars: Float64Array | undefined;
}

/** The files that a run has to read: 60 bytes each in a new library, where objects would take four times as much. */
export class PlannedFiles {
  // In pieces, since one of a million files would have to be copied whole each time that it grows.
  readonly #pieces: Piece[] = [];
  readonly #folders: string[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(file: PlannedFile): void {
    if (this.#length % filesPerBlock === 0) this.#pieces.push(new Piece());
    const { piece, at } = this.#placeOf(this.#length);
    this.#length += 1;
    // The files of a folder come together.
    if (this.#folders.at(-1) !== file.folder) this.#folders.push(file.folder);
    piece.numbers[at * wideCount + wide.bytes] = file.bytes;
    piece.numbers[at * wideCount + wide.modified] = file.modified;
    piece.numbers[at * wideCount + wide.created] = file.created;
    piece.places[at * narrowCount + narrow.folder] = this.#folders.length - 1;
    piece.names.add(file.name, piece.places, at * narrowCount + narrow.name);
    if (file.id !== undefined) (piece.ids ??= new Float64Array(filesPerBlock).fill(NaN))[at] = file.id;
    if (file.sidecar !== 0) (piece.sidecars ??= new Float64Array(filesPerBlock))[at] = file.sidecar;
  }

  /** The oldest first; in the order in which they were added where times are equal. */
  *inOrderOfTime(): Generator<PlannedFile> {
    for (const position of this.#positionsByTime()) yield this.#at(position);
  }

  #positionsByTime(): Uint32Array {
    const times = Float64Array.from({ length: this.#length }, (_, position) => {
      const { piece, at } = this.#placeOf(position);
      return piece.numbers[at * wideCount + wide.modified] ?? 0;
    });
    // A plain list: its way of sorting is quick with what is in order already, as the files of a folder often are.
    const order = Array.from(times.keys());
    order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
    // Half as large, since it is kept until the last file is read.
    return Uint32Array.from(order);
  }

  #at(position: number): PlannedFile {
    const { piece, at } = this.#placeOf(position);
    const number = (column: number): number => piece.numbers[at * wideCount + column] ?? NaN;
    const place = (column: number): number => piece.places[at * narrowCount + column] ?? 0;
    const id = piece.ids?.[at] ?? NaN;
    return {
      name: storedText(piece.names.bytes, place(narrow.name), place(narrow.name + 1)),
      bytes: number(wide.bytes),
      modified: number(wide.modified),
      created: number(wide.created),
      sidecar: piece.sidecars?.[at] ?? 0,
      folder: this.#folders[place(narrow.folder)] ?? '',
      id: Number.isNaN(id) ? undefined : id,
    };
  }

  #placeOf(position: number): { piece: Piece; at: number } {
    const piece = this.#pieces[Math.floor(position / filesPerBlock)];
    if (piece === undefined) throw new RangeError(`no file ${position}`);
    return { piece, at: position % filesPerBlock };
  }
}
