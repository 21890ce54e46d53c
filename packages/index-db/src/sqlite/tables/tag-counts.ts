import type { Statement } from 'better-sqlite3';
import type { Sqlite } from '../connection/sqlite.ts';

/** SQL that adds its one parameter to the number of indexed images. */
export const addToImageCount = `
  INSERT INTO library_state (name, value) VALUES ('image_count', ?)
  ON CONFLICT (name) DO UPDATE SET value = value + excluded.value`;

/** Gathers by how much the number of images and each tag's count change in a transaction, to write each tag once. */
export class TagCounts {
  readonly #update: Statement;
  readonly #updateImages: Statement;
  /** By tag id; a list costs a fraction of a map here, where every tag of every image comes by. */
  readonly #changes: (number | undefined)[] = [];
  #changed: number[] = [];
  #images = 0;

  constructor(db: Sqlite) {
    // All in one statement: a statement for each tag costs several times as much.
    this.#update = db.prepare(`
      UPDATE tag SET count = count + change.value FROM json_each(?) AS change WHERE tag.id = CAST(change.key AS INTEGER)`);
    this.#updateImages = db.prepare(addToImageCount);
  }

  changeImages(by: 1 | -1): void {
    this.#images += by;
  }

  change(tagId: number, by: 1 | -1): void {
    const before = this.#changes[tagId];
    if (before === undefined) this.#changed.push(tagId);
    this.#changes[tagId] = (before ?? 0) + by;
  }

  /** Must end every transaction that changed counts. */
  flush(): void {
    const changed = this.#changed.map((id) => [id, this.#changes[id]]).filter(([, by]) => by !== 0);
    if (changed.length > 0) this.#update.run(JSON.stringify(Object.fromEntries(changed)));
    if (this.#images !== 0) this.#updateImages.run(this.#images);
    this.discard();
  }

  /** Forgets what was gathered, after a transaction that was rolled back. */
  discard(): void {
    for (const id of this.#changed) this.#changes[id] = undefined;
    this.#changed = [];
    this.#images = 0;
  }
}
