import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { isWithin, type PathAccess } from '../../access/path-access.ts';
import { Refusal } from '../../ports/refusal.ts';
import { lookAt } from '../disk/disk-state.ts';
import { TRASH_FOLDER } from '../disk/own-names.ts';
import { batchesIn, parseId, readBatch, type TrashBatch } from '../disk/trash-batch.ts';
import { storedEntry, type StoredEntry } from './trash-item.ts';

/** The folders that hold what was deleted: one in each folder of the library, and a central one for the rest. */
export class TrashFolders {
  readonly #roots: () => readonly string[];
  readonly #central: string;
  readonly #access: PathAccess;

  /** `central` is for what lies in none of the roots, or where none can be made. */
  constructor(roots: () => readonly string[], central: string, access: PathAccess) {
    this.#roots = roots;
    this.#central = central;
    this.#access = access;
  }

  all(): readonly string[] {
    return [...new Set([...this.#roots().map((root) => path.join(root, TRASH_FOLDER)), this.#central])];
  }

  /** That of the innermost folder of the library around a path, so that deleting does not copy to another drive. */
  async folderFor(absolute: string): Promise<string> {
    const [root] = this.#roots()
      .filter((candidate) => isWithin(absolute, candidate))
      .sort((a, b) => b.length - a.length);
    if (root === undefined) return this.#central;
    const own = path.join(root, TRASH_FOLDER);
    return mkdir(own, { recursive: true }).then(
      () => own,
      () => this.#central,
    );
  }

  /** All that callers may see. */
  async stored(): Promise<StoredEntry[]> {
    const batches = (await Promise.all(this.all().map(batchesIn))).flat();
    const found: StoredEntry[] = [];
    for (const folder of batches) {
      const batch = await readBatch(folder);
      if (batch !== undefined) found.push(...(await this.#visibleIn(batch)));
    }
    return found;
  }

  /** Throws a `Refusal` for an id that is not in the trash, or not for the caller. */
  async find(id: string): Promise<StoredEntry> {
    const parsed = parseId(id);
    for (const folder of parsed === undefined ? [] : this.all()) {
      const batch = await readBatch(path.join(folder, parsed?.batch ?? ''));
      const entry = batch?.entries[parsed?.position ?? -1];
      if (batch === undefined || entry === undefined || parsed === undefined) continue;
      const found = storedEntry(batch, parsed.position, entry);
      if (await this.#isVisible(found)) return found;
    }
    throw new Refusal('not-in-trash', { id });
  }

  async #visibleIn(batch: TrashBatch): Promise<StoredEntry[]> {
    const all = batch.entries.map((entry, position) => storedEntry(batch, position, entry));
    const visible = await Promise.all(all.map((item) => this.#isVisible(item)));
    return all.filter((_, position) => visible[position]);
  }

  /** What callers may not see is not in the trash for them. */
  async #isVisible({ entry, content }: StoredEntry): Promise<boolean> {
    return this.#access.contains(entry.path) && (await lookAt(content)) !== undefined;
  }
}
