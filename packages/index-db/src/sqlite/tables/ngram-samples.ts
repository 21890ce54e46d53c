import type { Statement } from 'better-sqlite3';
import { readTokens } from '../../ngram-index/token-writer.ts';
import type { Sqlite } from '../connection/sqlite.ts';

/** Every how many documents one is sampled. */
export const sampledEvery = 64;

/** Stands before an n-gram of a path, which is counted apart from the same n-gram of a text. */
export const pathMark = '/';

/** Counts in how many sampled documents each n-gram occurs, so that a search begins with its rarest ones. */
export class NgramSamples {
  readonly #save: Statement;
  readonly #seen = new Map<string, number>();

  constructor(db: Sqlite) {
    this.#save = db.prepare(`
      INSERT INTO search_piece (piece, seen) VALUES (?, ?)
      ON CONFLICT (piece) DO UPDATE SET seen = seen + excluded.seen`);
  }

  /** Counts a document with the tokens of this row, whose path has these n-grams. */
  add(row: Buffer, ofPath: Iterable<string>): void {
    // The empty n-gram counts the documents.
    this.#count('');
    for (const token of new Set(readTokens(row))) this.#count(token);
    for (const ngram of ofPath) this.#count(pathMark + ngram);
  }

  #count(ngram: string): void {
    this.#seen.set(ngram, (this.#seen.get(ngram) ?? 0) + 1);
  }

  /** Gives what was counted instead of adding it to what is stored. */
  take(): ReadonlyMap<string, number> {
    const seen = new Map(this.#seen);
    this.#seen.clear();
    return seen;
  }

  flush(): void {
    for (const [ngram, seen] of this.#seen) this.#save.run(ngram, seen);
    this.#seen.clear();
  }
}
