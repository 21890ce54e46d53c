import type { Statement } from 'better-sqlite3';
import type { Sqlite } from './sqlite.ts';

/** Gathers by how much each tag's count changes in a transaction, to write each tag once. */
export class TagCounts {
  readonly #update: Statement;
  readonly #changes = new Map<number, number>();

  constructor(db: Sqlite) {
    this.#update = db.prepare('UPDATE tag SET count = count + ? WHERE id = ?');
  }

  change(tagId: number, by: 1 | -1): void {
    this.#changes.set(tagId, (this.#changes.get(tagId) ?? 0) + by);
  }

  /** Must end every transaction that changed counts. */
  flush(): void {
    for (const [tagId, by] of this.#changes) if (by !== 0) this.#update.run(by, tagId);
    this.#changes.clear();
  }

  /** Forgets what was gathered, after a transaction that was rolled back. */
  discard(): void {
    this.#changes.clear();
  }
}
