import { mediaOfName } from './file-names.ts';
import { BatchPacker, type PackedBatch } from './packed-batch.ts';
import type { ReadFile } from './read-file.ts';
import type { ScannedFailure, TagName } from './scanned-file.ts';

/** Gathers what was read, naming each tag once, since names repeat from file to file. */
export class BatchBuilder {
  #packer = new BatchPacker();
  #failures: ScannedFailure[] = [];
  #tagNames: string[] = [];
  #tagTypes: string[] = [];
  /** By type, then by name. */
  #positions = new Map<string, Map<string, number>>();
  #lastType: string | undefined;
  #lastNames = new Map<string, number>();
  /** By position: the file that had the tag last. */
  #lastFile: number[] = [];

  get size(): number {
    return this.#packer.count + this.#failures.length;
  }

  /** With the row that the file had before, when it changed or moved. */
  addFile({ planned, path, fingerprint, description }: ReadFile, id: number | undefined): void {
    this.#packer.add({
      id,
      path,
      folder: planned.folder,
      bytes: planned.bytes,
      modified: planned.modified,
      created: planned.created,
      media: mediaOfName(planned.name) ?? 0,
      width: description.width,
      height: description.height,
      fingerprint,
      sidecar: planned.sidecar,
      text: description.infotext,
      tags: this.#positionsOf(description.tags),
      seed: description.seed,
      steps: description.steps,
      cfgScale: description.cfgScale,
      generator: description.generator,
    });
  }

  addFailure(failure: ScannedFailure): void {
    this.#failures.push(failure);
  }

  /** Gives what was gathered and starts anew. */
  take(): PackedBatch {
    const batch = this.#packer.finish({
      tagNames: this.#tagNames,
      tagTypes: this.#tagTypes,
      failures: this.#failures,
    });
    this.#packer = new BatchPacker(this.#packer);
    this.#failures = [];
    this.#tagNames = [];
    this.#tagTypes = [];
    this.#positions = new Map();
    this.#lastType = undefined;
    this.#lastFile = [];
    return batch;
  }

  /** Each once, even where a describer repeats itself. */
  #positionsOf(tags: readonly TagName[]): number[] {
    const file = this.#packer.count;
    const positions: number[] = [];
    for (const tag of tags) {
      const position = this.#positionOf(tag);
      if (this.#lastFile[position] === file) continue;
      this.#lastFile[position] = file;
      positions.push(position);
    }
    return positions;
  }

  #positionOf({ type, name }: TagName): number {
    // Tags of one type come together.
    if (type !== this.#lastType) {
      this.#lastType = type;
      this.#lastNames = this.#namesOf(type);
    }
    const known = this.#lastNames.get(name);
    if (known !== undefined) return known;
    const position = this.#tagNames.push(name) - 1;
    this.#tagTypes.push(type);
    this.#lastNames.set(name, position);
    return position;
  }

  #namesOf(type: string): Map<string, number> {
    const known = this.#positions.get(type);
    if (known !== undefined) return known;
    const names = new Map<string, number>();
    this.#positions.set(type, names);
    return names;
  }
}
