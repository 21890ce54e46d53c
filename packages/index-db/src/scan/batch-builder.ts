import type { ReadFile } from './read-file.ts';
import type { ScannedBatch, ScannedFailure, ScannedFile, TagName } from './scanned-file.ts';

/** Gathers what was read, naming each tag once, since names repeat from file to file. */
export class BatchBuilder {
  #files: ScannedFile[] = [];
  #failures: ScannedFailure[] = [];
  #tags: TagName[] = [];
  #positions = new Map<string, number>();

  get size(): number {
    return this.#files.length + this.#failures.length;
  }

  addFile({ description, ...file }: ReadFile): void {
    this.#files.push({ ...file, tags: description.tags.map((tag) => this.#positionOf(tag)) });
  }

  addFailure(failure: ScannedFailure): void {
    this.#failures.push(failure);
  }

  /** Gives what was gathered and starts anew. */
  take(): ScannedBatch {
    const batch = { files: this.#files, failures: this.#failures, tags: this.#tags };
    this.#files = [];
    this.#failures = [];
    this.#tags = [];
    this.#positions = new Map();
    return batch;
  }

  #positionOf(tag: TagName): number {
    const key = `${tag.type}\0${tag.name}`;
    const known = this.#positions.get(key);
    if (known !== undefined) return known;
    const position = this.#tags.push({ type: tag.type, name: tag.name }) - 1;
    this.#positions.set(key, position);
    return position;
  }
}
