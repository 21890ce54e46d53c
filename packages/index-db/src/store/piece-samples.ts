import type { Statement } from 'better-sqlite3';
import { foldText } from '../search/fold-text.ts';
import { trigrams } from '../search/trigrams.ts';
import type { Sqlite } from './sqlite.ts';

/** Every how many documents one is sampled. */
export const sampledEvery = 64;

/** Counts in how many sampled documents each trigram occurs, so that a search begins with its rarest ones. */
export class PieceSamples {
  readonly #save: Statement;
  readonly #seen = new Map<string, number>();

  constructor(db: Sqlite) {
    this.#save = db.prepare(`
      INSERT INTO search_piece (piece, seen) VALUES (?, ?)
      ON CONFLICT (piece) DO UPDATE SET seen = seen + excluded.seen`);
  }

  add(path: string, text: string): void {
    const pieces = trigrams(`${foldText(path)}\n${foldText(text)}`);
    // The empty piece counts the documents.
    for (const piece of ['', ...pieces]) this.#seen.set(piece, (this.#seen.get(piece) ?? 0) + 1);
  }

  flush(): void {
    for (const [piece, seen] of this.#seen) this.#save.run(piece, seen);
    this.#seen.clear();
  }
}
