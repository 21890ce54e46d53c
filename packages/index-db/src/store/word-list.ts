import type { Statement } from 'better-sqlite3';
import type { Sqlite } from './sqlite.ts';

// Beyond it memory matters more than asking the database again.
const maxRemembered = 100_000;

/** Keeps every word that was ever in a text, so that a piece of a word can be looked for among words. */
export class WordList {
  readonly #add: Statement;
  readonly #known = new Set<string>();
  #added: string[] = [];

  constructor(db: Sqlite) {
    this.#add = db.prepare('INSERT OR IGNORE INTO search_word (word) VALUES (?)');
  }

  add(words: readonly string[]): void {
    for (const word of words) {
      if (this.#known.has(word)) continue;
      if (this.#known.size >= maxRemembered) this.#known.clear();
      this.#known.add(word);
      this.#added.push(word);
    }
  }

  flush(): void {
    for (const word of this.#added) this.#add.run(word);
    this.#added = [];
  }

  /** Forgets what was remembered, which a transaction that was rolled back may have taken away. */
  clear(): void {
    this.#known.clear();
    this.#added = [];
  }
}
