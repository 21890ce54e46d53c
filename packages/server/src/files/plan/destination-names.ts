import path from 'node:path';

import { MAX_FILE_NAME_BYTES } from '@iib-kit/contract';

import { Refusal } from '../../ports/refusal.ts';
import { lookAt } from '../disk/disk-state.ts';
import { foldedName } from '../disk/folded-name.ts';
import { oneEntry } from '../disk/one-entry.ts';
import { naming } from '../disk/file-failure.ts';
import { renamedSidecar, stemOf } from '../disk/sidecars.ts';

export type OnConflict = 'error' | 'rename';

/** Numbers tried for one name before giving up. */
const MAX_NUMBER = 100_000;

/** The names of one folder, those that are planned included. */
export class DestinationNames {
  readonly #folder: string;
  readonly #planned = new Set<string>();
  /** The number to try next, by name. */
  readonly #numbers = new Map<string, number>();
  readonly #keyOf: (name: string) => string;

  /** With `foldCase` planned names also differ where case and the spelling of letters do not count. */
  constructor(folder: string, { foldCase = false } = {}) {
    this.#folder = folder;
    this.#keyOf = foldCase ? foldedName : (name) => name;
  }

  /**
   * Takes names for a medium and its sidecars, the medium's first. Throws a `Refusal` 409 where one is taken,
   * or with `rename` numbers all of them alike. A name that is only another spelling of what gets it, of `sources` at the
   * same index, is not taken.
   */
  async take(
    names: readonly [medium: string, ...sidecars: string[]],
    onConflict: OnConflict,
    sources: readonly string[] = [],
  ): Promise<readonly [string, ...string[]]> {
    const [medium, ...sidecars] = names;
    const taken = await this.#firstTaken(names, sources);
    if (taken === undefined) return this.#plan(names);
    if (onConflict === 'error') {
      throw new Refusal('exists', { path: path.join(this.#folder, taken) });
    }
    for (let number = this.#numbers.get(medium) ?? 1; number <= MAX_NUMBER; number += 1) {
      const renamed = numberedName(medium, number, longestEnding(medium, sidecars));
      const all = [renamed, ...sidecars.map((name) => renamedSidecar(name, medium, renamed))] as const;
      if ((await this.#firstTaken(all)) !== undefined) continue;
      this.#numbers.set(medium, number + 1);
      return this.#plan(all);
    }
    throw new Refusal('no-free-name', { path: path.join(this.#folder, medium), tries: MAX_NUMBER });
  }

  /** The first of these names that is on disk or planned. */
  async #firstTaken(names: readonly string[], sources: readonly string[] = []): Promise<string | undefined> {
    for (const [index, name] of names.entries()) {
      if (this.#planned.has(this.#keyOf(name)) || (await this.#isThere(name, sources[index]))) return name;
    }
    return undefined;
  }

  async #isThere(name: string, source: string | undefined): Promise<boolean> {
    const target = path.join(this.#folder, name);
    return naming(target, async () => {
      if ((await lookAt(target)) === undefined) return false;
      return source === undefined || (await oneEntry(source, target)) === undefined;
    });
  }

  #plan<Names extends readonly string[]>(names: Names): Names {
    for (const name of names) this.#planned.add(this.#keyOf(name));
    return names;
  }
}

/** Bytes by which a sidecar's name is longer than its medium's. */
function longestEnding(medium: string, sidecars: readonly string[]): number {
  const bytes = Buffer.byteLength(medium);
  return Math.max(0, ...sidecars.map((sidecar) => Buffer.byteLength(sidecar) - bytes));
}

/** A name with a number; a long one loses its end to it, so that a file system takes it with so many bytes behind. */
function numberedName(name: string, number: number, spare: number): string {
  const ending = `_${number}${path.extname(name)}`;
  const most = MAX_FILE_NAME_BYTES - Buffer.byteLength(ending) - spare;
  const letters = Array.from(stemOf(name));
  let bytes = Buffer.byteLength(stemOf(name));
  while (bytes > most && letters.length > 1) bytes -= Buffer.byteLength(letters.pop() ?? '');
  return letters.join('') + ending;
}
