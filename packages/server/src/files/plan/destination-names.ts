import path from 'node:path';

import { Refusal } from '../../ports/refusal.ts';
import { lookAt } from '../disk/disk-state.ts';
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
   * or with `rename` numbers all of them alike.
   */
  async take(
    names: readonly [medium: string, ...sidecars: string[]],
    onConflict: OnConflict,
  ): Promise<readonly [string, ...string[]]> {
    const [medium, ...sidecars] = names;
    const taken = await this.#firstTaken(names);
    if (taken === undefined) return this.#plan(names);
    if (onConflict === 'error') {
      throw new Refusal('exists', { path: path.join(this.#folder, taken) });
    }
    for (let number = this.#numbers.get(medium) ?? 1; number <= MAX_NUMBER; number += 1) {
      const renamed = `${stemOf(medium)}_${number}${path.extname(medium)}`;
      const all = [renamed, ...sidecars.map((name) => renamedSidecar(name, medium, renamed))] as const;
      if ((await this.#firstTaken(all)) !== undefined) continue;
      this.#numbers.set(medium, number + 1);
      return this.#plan(all);
    }
    throw new Refusal('no-free-name', { path: path.join(this.#folder, medium), tries: MAX_NUMBER });
  }

  /** The first of these names that is on disk or planned. */
  async #firstTaken(names: readonly string[]): Promise<string | undefined> {
    for (const name of names) {
      const target = path.join(this.#folder, name);
      if (this.#planned.has(this.#keyOf(name)) || (await naming(target, () => lookAt(target))) !== undefined)
        return name;
    }
    return undefined;
  }

  #plan<Names extends readonly string[]>(names: Names): Names {
    for (const name of names) this.#planned.add(this.#keyOf(name));
    return names;
  }
}

/** Equal for names that some file system takes for the same. */
export function foldedName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
