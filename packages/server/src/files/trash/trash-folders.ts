import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { type Confinement, holdFolder } from '@iib-kit/files';

import { isWithin, type PathAccess } from '../../access/path-access.ts';
import { errorCode } from '../../ports/error-code.ts';
import type { Logger } from '../../ports/logger.ts';
import { Refusal } from '../../ports/refusal.ts';
import { TRASH_FOLDER } from '../disk/own-names.ts';
import { batchesIn, isStored, parseId, readBatch, type TrashBatch } from '../disk/trash-batch.ts';
import { storedEntry, type StoredEntry } from './trash-item.ts';

export interface TrashFoldersOptions {
  readonly roots: () => readonly string[];
  /** For what lies in none of the roots, or where none can be made. */
  readonly central: string;
  readonly access: PathAccess;
  readonly bounds: () => Promise<Confinement | undefined>;
  readonly log: Logger;
}

/** What is in the trash, and the folders of deletions that cannot be read. */
export interface StoredEntries {
  readonly entries: readonly StoredEntry[];
  readonly damaged: readonly string[];
}

/** The folders that hold what was deleted: one in each folder of the library, and a central one for the rest. */
export class TrashFolders {
  readonly #options: TrashFoldersOptions;
  /** Those that the log has. */
  readonly #damaged = new Set<string>();

  constructor(options: TrashFoldersOptions) {
    this.#options = options;
  }

  all(): readonly string[] {
    const { roots, central } = this.#options;
    return [...new Set([...roots().map((root) => path.join(root, TRASH_FOLDER)), central])];
  }

  /** That of the innermost folder of the library around a path, so that deleting does not copy to another drive. */
  async folderFor(absolute: string): Promise<string> {
    const { roots, central } = this.#options;
    const [root] = roots()
      .filter((candidate) => isWithin(absolute, candidate))
      .sort((a, b) => b.length - a.length);
    if (root === undefined) return central;
    return (await this.#makeIn(root)) ? path.join(root, TRASH_FOLDER) : central;
  }

  /** False where it cannot be made, or where something else is in its place. */
  async #makeIn(root: string): Promise<boolean> {
    try {
      const held = await holdFolder(root, { within: await this.#options.bounds(), followLink: true });
      try {
        await mkdir(held.at(TRASH_FOLDER)).catch(ignoreExisting);
        (await held.enter(TRASH_FOLDER)).close();
      } finally {
        held.close();
      }
      return true;
    } catch {
      return false;
    }
  }

  /** All that callers may see. */
  async stored(): Promise<StoredEntries> {
    const within = await this.#options.bounds();
    // A trash on a drive that fails keeps no other from being listed.
    const found = this.all().map((folder) => batchesIn(folder, within).catch(() => this.#unlisted(folder)));
    const batches = (await Promise.all(found)).flat();
    const entries: StoredEntry[] = [];
    const damaged: string[] = [];
    for (const folder of batches) {
      const batch = await readBatch(folder, within);
      if (batch === 'damaged') {
        this.#note(folder);
        if (this.#options.access.contains(folder)) damaged.push(folder);
      } else if (batch !== undefined) entries.push(...(await this.#visibleIn(batch, within)));
    }
    return { entries, damaged };
  }

  /** Throws a `Refusal` for an id that is not in the trash, or not for the caller. */
  async find(id: string): Promise<StoredEntry> {
    const parsed = parseId(id);
    const within = await this.#options.bounds();
    for (const folder of parsed === undefined ? [] : this.all()) {
      const batch = await readBatch(path.join(folder, parsed?.batch ?? ''), within);
      if (batch === undefined || batch === 'damaged' || parsed === undefined) continue;
      const entry = batch.entries[parsed.position];
      if (entry === undefined) continue;
      const found = storedEntry(batch, parsed.position, entry);
      if (await this.#isVisible(found, within)) return found;
    }
    throw new Refusal('not-in-trash', { id });
  }

  async #visibleIn(batch: TrashBatch, within: Confinement | undefined): Promise<StoredEntry[]> {
    const all = batch.entries.map((entry, position) => storedEntry(batch, position, entry));
    const visible = await Promise.all(all.map((item) => this.#isVisible(item, within)));
    return all.filter((_, position) => visible[position]);
  }

  /** What callers may not see is not in the trash for them. */
  async #isVisible(
    { batch, position, entry }: StoredEntry,
    within: Confinement | undefined,
  ): Promise<boolean> {
    if (!this.#options.access.contains(entry.path)) return false;
    return isStored(batch, position, path.basename(entry.path), within);
  }

  #unlisted(folder: string): string[] {
    this.#note(folder);
    return [];
  }

  #note(folder: string): void {
    if (this.#damaged.has(folder)) return;
    this.#damaged.add(folder);
    this.#options.log.warn(
      { folder },
      'what is deleted in this folder of the trash cannot be told; it is left alone',
    );
  }
}

function ignoreExisting(error: unknown): void {
  if (errorCode(error) !== 'EEXIST') throw error;
}
