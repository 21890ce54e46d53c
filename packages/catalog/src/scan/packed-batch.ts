import { storedText, TextStore } from './text-store.ts';
import type { MediaNumber, ScannedBatch, ScannedFailure, ScannedFile } from './scanned-file.ts';

/**
 * A batch as a few buffers. They go to the writing thread without being copied, and neither thread's garbage
 * collector has to move thousands of texts about while the batch waits for its turn.
 */
export interface PackedBatch {
  /** As many numbers for each file as there are columns; NaN stands for what is absent. */
  readonly numbers: Float64Array<ArrayBuffer>;
  /** The texts of all files, one after the other. */
  readonly texts: Uint8Array<ArrayBuffer>;
  /** Positions in the vocabulary, those of each file together. */
  readonly tags: Int32Array<ArrayBuffer>;
  readonly folders: readonly string[];
  readonly generators: readonly string[];
  /** The vocabulary: names, and the type of each. */
  readonly tagNames: readonly string[];
  readonly tagTypes: readonly string[];
  readonly failures: readonly ScannedFailure[];
}

// The place of each field among the numbers of a file; texts and lists take two, for their start and length.
const columns = {
  id: 0,
  bytes: 1,
  modified: 2,
  created: 3,
  media: 4,
  width: 5,
  height: 6,
  fingerprint: 7,
  sidecar: 8,
  steps: 9,
  cfgScale: 10,
  folder: 11,
  generator: 12,
  path: 13,
  text: 15,
  seed: 17,
  tags: 19,
} as const;
type Column = (typeof columns)[keyof typeof columns];
const columnCount = 21;

/** A list of different strings, each known by its position. */
class Vocabulary {
  readonly names: string[] = [];
  readonly #positions = new Map<string, number>();

  positionOf(name: string): number {
    const known = this.#positions.get(name);
    if (known !== undefined) return known;
    const position = this.names.push(name) - 1;
    this.#positions.set(name, position);
    return position;
  }
}

/** Buffers that grow as files are put into them. */
export class BatchPacker {
  #numbers = new Float64Array(128 * columnCount);
  #texts = new TextStore(1 << 18);
  #tags = new Int32Array(4096);
  #tagsLength = 0;
  readonly #folders = new Vocabulary();
  readonly #generators = new Vocabulary();
  #count = 0;

  /** With room for as much as the batch before held, which most hold again. */
  constructor(before?: BatchPacker) {
    if (before === undefined) return;
    this.#numbers = new Float64Array(before.#numbers.length);
    this.#texts = new TextStore(before.#texts.capacity);
    this.#tags = new Int32Array(before.#tags.length);
  }

  get count(): number {
    return this.#count;
  }

  add(file: ScannedFile): void {
    const row = this.#count * columnCount;
    this.#count += 1;
    if (this.#numbers.length < row + columnCount) this.#numbers = grown(this.#numbers, Float64Array);
    const numbers = this.#numbers;
    numbers[row + columns.id] = file.id ?? NaN;
    numbers[row + columns.bytes] = file.bytes;
    numbers[row + columns.modified] = file.modified;
    numbers[row + columns.created] = file.created;
    numbers[row + columns.media] = file.media;
    numbers[row + columns.width] = file.width ?? NaN;
    numbers[row + columns.height] = file.height ?? NaN;
    numbers[row + columns.fingerprint] = file.fingerprint;
    numbers[row + columns.sidecar] = file.sidecar;
    numbers[row + columns.steps] = file.steps ?? NaN;
    numbers[row + columns.cfgScale] = file.cfgScale ?? NaN;
    numbers[row + columns.folder] = this.#folders.positionOf(file.folder);
    numbers[row + columns.generator] =
      file.generator === undefined ? NaN : this.#generators.positionOf(file.generator);
    this.#texts.add(file.path, numbers, row + columns.path);
    this.#texts.add(file.text, numbers, row + columns.text);
    if (file.seed === undefined) numbers[row + columns.seed] = NaN;
    else this.#texts.add(file.seed, numbers, row + columns.seed);
    this.#addTags(row + columns.tags, file.tags);
  }

  /** What was put in; the packer is spent. */
  finish(rest: Pick<PackedBatch, 'tagNames' | 'tagTypes' | 'failures'>): PackedBatch {
    return {
      numbers: this.#numbers.subarray(0, this.#count * columnCount),
      texts: this.#texts.bytes,
      tags: this.#tags.subarray(0, this.#tagsLength),
      folders: this.#folders.names,
      generators: this.#generators.names,
      ...rest,
    };
  }

  #addTags(at: number, tags: readonly number[]): void {
    while (this.#tags.length < this.#tagsLength + tags.length) this.#tags = grown(this.#tags, Int32Array);
    this.#tags.set(tags, this.#tagsLength);
    this.#numbers[at] = this.#tagsLength;
    this.#numbers[at + 1] = tags.length;
    this.#tagsLength += tags.length;
  }
}

function grown<T extends Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(
  array: T,
  Larger: new (length: number) => T,
): T {
  const larger = new Larger(2 * array.length);
  larger.set(array);
  return larger;
}

/** The buffers that are to be handed over with a batch. */
export function buffersOf({ numbers, texts, tags }: PackedBatch): ArrayBuffer[] {
  return [numbers.buffer, texts.buffer, tags.buffer];
}

/** A batch whose files are read where they lie, field by field. */
export function openBatch(batch: PackedBatch): ScannedBatch {
  const reader = new BatchReader(batch);
  const count = batch.numbers.length / columnCount;
  return {
    files: Array.from({ length: count }, (_, position) => new PackedFile(reader, position * columnCount)),
    failures: batch.failures,
    tags: batch.tagNames.map((name, at) => ({ name, type: batch.tagTypes[at] ?? '' })),
  };
}

class BatchReader {
  readonly #batch: PackedBatch;
  readonly #texts: Buffer;

  constructor(batch: PackedBatch) {
    this.#batch = batch;
    const { buffer, byteOffset, byteLength } = batch.texts;
    this.#texts = Buffer.from(buffer, byteOffset, byteLength);
  }

  number(at: number): number {
    return this.#batch.numbers[at] ?? NaN;
  }

  optional(at: number): number | undefined {
    const number = this.number(at);
    return Number.isNaN(number) ? undefined : number;
  }

  text(at: number): string {
    return storedText(this.#texts, this.number(at), this.number(at + 1));
  }

  tags(at: number): number[] {
    const start = this.number(at);
    return Array.from(this.#batch.tags.subarray(start, start + this.number(at + 1)));
  }

  folder(at: number): string {
    return this.#batch.folders[this.number(at)] ?? '';
  }

  generator(at: number): string | undefined {
    return this.#batch.generators[this.number(at)];
  }
}

class PackedFile implements ScannedFile {
  readonly #reader: BatchReader;
  readonly #row: number;

  constructor(reader: BatchReader, row: number) {
    this.#reader = reader;
    this.#row = row;
  }

  #number(column: Column): number {
    return this.#reader.number(this.#row + column);
  }

  #optional(column: Column): number | undefined {
    return this.#reader.optional(this.#row + column);
  }

  get id(): number | undefined {
    return this.#optional(columns.id);
  }

  get path(): string {
    return this.#reader.text(this.#row + columns.path);
  }

  get folder(): string {
    return this.#reader.folder(this.#row + columns.folder);
  }

  get bytes(): number {
    return this.#number(columns.bytes);
  }

  get modified(): number {
    return this.#number(columns.modified);
  }

  get created(): number {
    return this.#number(columns.created);
  }

  get media(): MediaNumber {
    return this.#number(columns.media) as MediaNumber;
  }

  get width(): number | undefined {
    return this.#optional(columns.width);
  }

  get height(): number | undefined {
    return this.#optional(columns.height);
  }

  get fingerprint(): number {
    return this.#number(columns.fingerprint);
  }

  get sidecar(): number {
    return this.#number(columns.sidecar);
  }

  get text(): string {
    return this.#reader.text(this.#row + columns.text);
  }

  get tags(): number[] {
    return this.#reader.tags(this.#row + columns.tags);
  }

  get seed(): string | undefined {
    return this.#optional(columns.seed) === undefined
      ? undefined
      : this.#reader.text(this.#row + columns.seed);
  }

  get steps(): number | undefined {
    return this.#optional(columns.steps);
  }

  get cfgScale(): number | undefined {
    return this.#optional(columns.cfgScale);
  }

  get generator(): string | undefined {
    return this.#reader.generator(this.#row + columns.generator);
  }
}
