import { baseName } from '../text/base-name.ts';
import type { KnownFile } from './known-files.ts';

/** Known images whose files are gone, to be recognised where the same content turns up again. */
export class MovedFiles {
  readonly #byContent = new Map<string, KnownFile[]>();
  readonly #sizes = new Set<number>();

  constructor(missing: readonly KnownFile[]) {
    for (const file of missing) {
      this.#sizes.add(file.bytes);
      const key =
        file.fingerprint === null ? nameKey(file.path, file.bytes) : contentKey(file.bytes, file.fingerprint);
      const alike = this.#byContent.get(key);
      if (alike === undefined) this.#byContent.set(key, [file]);
      else alike.push(file);
    }
  }

  /** Whether an image of this size was missing. */
  mayHold(bytes: number): boolean {
    return this.#sizes.has(bytes);
  }

  /** The row of a missing image with this content, once; one of the same name is preferred. */
  take(path: string, bytes: number, fingerprint: number): number | undefined {
    return this.#takeBy(contentKey(bytes, fingerprint), path) ?? this.#takeBy(nameKey(path, bytes), path);
  }

  #takeBy(key: string, path: string): number | undefined {
    const alike = this.#byContent.get(key);
    if (alike === undefined) return undefined;
    const name = baseName(path);
    const sameName = alike.findIndex((file) => baseName(file.path) === name);
    const [taken] = alike.splice(Math.max(0, sameName), 1);
    if (alike.length === 0) this.#byContent.delete(key);
    return taken?.id;
  }

  /** Those that were found nowhere. */
  *remaining(): Generator<KnownFile> {
    for (const alike of this.#byContent.values()) yield* alike;
  }
}

// Rows that came from IIB and were never read by us have no fingerprint.
const nameKey = (path: string, bytes: number): string => `${bytes}/${baseName(path)}`;
const contentKey = (bytes: number, fingerprint: number): string => `${bytes}:${fingerprint}`;
