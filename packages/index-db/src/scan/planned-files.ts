import type { PlannedFile } from './scan-plan.ts';
import { storedText, TextStore } from './text-store.ts';

// The place of each field among the numbers of a file; the name takes two.
const columns = { bytes: 0, modified: 1, created: 2, sidecar: 3, id: 4, folder: 5, name: 6 } as const;
const columnCount = 8;

/** The files that a run has to read: 90 bytes each, where objects would take twice as much. */
export class PlannedFiles {
  // In pieces, since one of a million files would have to be copied whole each time that it grows.
  readonly #pieces: Float64Array[] = [];
  readonly #names = new TextStore(1 << 14);
  readonly #folders: string[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(file: PlannedFile): void {
    if (this.#length % filesPerPiece === 0) {
      this.#pieces.push(new Float64Array(filesPerPiece * columnCount));
    }
    const { numbers, row } = this.#rowOf(this.#length);
    this.#length += 1;
    // The files of a folder come together.
    if (this.#folders.at(-1) !== file.folder) this.#folders.push(file.folder);
    numbers[row + columns.bytes] = file.bytes;
    numbers[row + columns.modified] = file.modified;
    numbers[row + columns.created] = file.created;
    numbers[row + columns.sidecar] = file.sidecar;
    numbers[row + columns.id] = file.id ?? NaN;
    numbers[row + columns.folder] = this.#folders.length - 1;
    this.#names.add(file.name, numbers, row + columns.name);
  }

  /** The oldest first; in the order in which they were added where times are equal. */
  *inOrderOfTime(): Generator<PlannedFile> {
    const times = Float64Array.from({ length: this.#length }, (_, position) => {
      const { numbers, row } = this.#rowOf(position);
      return numbers[row + columns.modified] ?? 0;
    });
    // A plain list: its way of sorting is quick with what is in order already, as the files of a folder often are.
    const order = Array.from(times.keys());
    order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
    for (const position of order) yield this.#at(position);
  }

  #at(position: number): PlannedFile {
    const { numbers, row } = this.#rowOf(position);
    const number = (column: number): number => numbers[row + column] ?? NaN;
    const id = number(columns.id);
    return {
      name: storedText(this.#names.bytes, number(columns.name), number(columns.name + 1)),
      bytes: number(columns.bytes),
      modified: number(columns.modified),
      created: number(columns.created),
      sidecar: number(columns.sidecar),
      folder: this.#folders[number(columns.folder)] ?? '',
      id: Number.isNaN(id) ? undefined : id,
    };
  }

  #rowOf(position: number): { numbers: Float64Array; row: number } {
    const numbers = this.#pieces[Math.floor(position / filesPerPiece)] ?? noNumbers;
    return { numbers, row: (position % filesPerPiece) * columnCount };
  }
}

const filesPerPiece = 4096;
const noNumbers = new Float64Array(0);
