import type { KnownFile } from './known-files.ts';

/** Known images whose files are gone, to be recognised where the same content turns up again. */
export class MovedFiles {
  readonly #byContent = new Map<string, KnownFile[]>();

  constructor(missing: readonly KnownFile[]) {
    for (const file of missing) {
      if (file.fingerprint === null) continue;
      const key = contentKey(file.bytes, file.fingerprint);
      const alike = this.#byContent.get(key);
      if (alike === undefined) this.#byContent.set(key, [file]);
      else alike.push(file);
    }
  }

  get isEmpty(): boolean {
    return this.#byContent.size === 0;
  }

  /** The row of a missing image with this content, once; one of the same name is preferred. */
  take(path: string, bytes: number, fingerprint: number): number | undefined {
    const key = contentKey(bytes, fingerprint);
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

const contentKey = (bytes: number, fingerprint: number): string => `${bytes}:${fingerprint}`;
const baseName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
