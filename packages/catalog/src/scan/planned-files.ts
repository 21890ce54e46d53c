import type { PlannedFile } from './planned-file.ts';
import { storedText, TextStore } from './text-store.ts';

// The index of each field among the numbers of a file; the name takes two.
const wide = { bytes: 0, modified: 1, created: 2 } as const;
const wideCount = 3;
const narrow = { folder: 0, name: 1 } as const;
const narrowCount = 3;

const filesPerBlock = 4096;
// About what the names of so many files take.
const bytesOfNames = 1 << 16;

/** Some thousand files that were added one after the other. */
class Block {
  readonly numbers = new Float64Array(filesPerBlock * wideCount);
  readonly indices = new Int32Array(filesPerBlock * narrowCount);
  readonly names = new TextStore(bytesOfNames);
  /** Absent where no file has one, as in a new library. */
  ids: Float64Array | undefined;
  sidecars: Float64Array | undefined;
}

/** The files that a run has to read: 60 bytes each in a new library, where objects would take four times as much. */
export class PlannedFiles {
  // In blocks, since one of a million files would have to be copied whole each time that it grows.
  readonly #blocks: Block[] = [];
  readonly #folders: string[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(file: PlannedFile): void {
    if (this.#length % filesPerBlock === 0) this.#blocks.push(new Block());
    const { block, at } = this.#slotOf(this.#length);
    this.#length += 1;
    // The files of a folder come together.
    if (this.#folders.at(-1) !== file.folder) this.#folders.push(file.folder);
    block.numbers[at * wideCount + wide.bytes] = file.bytes;
    block.numbers[at * wideCount + wide.modified] = file.modified;
    block.numbers[at * wideCount + wide.created] = file.created;
    block.indices[at * narrowCount + narrow.folder] = this.#folders.length - 1;
    block.names.add(file.name, block.indices, at * narrowCount + narrow.name);
    if (file.id !== undefined) this.#setId(block, at, file.id);
    if (file.sidecar !== 0) (block.sidecars ??= new Float64Array(filesPerBlock))[at] = file.sidecar;
  }

  /** Gives a file that was added the row of an image that turned out to be in it. */
  assign(position: number, id: number): void {
    const { block, at } = this.#slotOf(position);
    this.#setId(block, at, id);
  }

  /** The files of these sizes, with their positions in the order in which they were added. */
  *ofSizes(sizes: ReadonlySet<number>): Generator<{ readonly position: number; readonly file: PlannedFile }> {
    for (let position = 0; position < this.#length; position += 1) {
      const { block, at } = this.#slotOf(position);
      const bytes = block.numbers[at * wideCount + wide.bytes] ?? 0;
      if (sizes.has(bytes)) yield { position, file: this.#at(position) };
    }
  }

  /** The oldest first; in the order in which they were added where times are equal. */
  *inOrderOfTime(): Generator<PlannedFile> {
    for (const position of this.#positionsByTime()) yield this.#at(position);
  }

  #positionsByTime(): Uint32Array {
    const times = Float64Array.from({ length: this.#length }, (_, position) => {
      const { block, at } = this.#slotOf(position);
      return block.numbers[at * wideCount + wide.modified] ?? 0;
    });
    // A plain list: its way of sorting is quick with what is in order already, as the files of a folder often are.
    const order = Array.from(times.keys());
    order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
    // Half as large, since it is kept until the last file is read.
    return Uint32Array.from(order);
  }

  #at(position: number): PlannedFile {
    const { block, at } = this.#slotOf(position);
    const number = (column: number): number => block.numbers[at * wideCount + column] ?? NaN;
    const index = (column: number): number => block.indices[at * narrowCount + column] ?? 0;
    const id = block.ids?.[at] ?? NaN;
    return {
      name: storedText(block.names.bytes, index(narrow.name), index(narrow.name + 1)),
      bytes: number(wide.bytes),
      modified: number(wide.modified),
      created: number(wide.created),
      sidecar: block.sidecars?.[at] ?? 0,
      folder: this.#folders[index(narrow.folder)] ?? '',
      id: Number.isNaN(id) ? undefined : id,
    };
  }

  #setId(block: Block, at: number, id: number): void {
    (block.ids ??= new Float64Array(filesPerBlock).fill(NaN))[at] = id;
  }

  #slotOf(position: number): { block: Block; at: number } {
    const block = this.#blocks[Math.floor(position / filesPerBlock)];
    if (block === undefined) throw new RangeError(`no file ${position}`);
    return { block, at: position % filesPerBlock };
  }
}
