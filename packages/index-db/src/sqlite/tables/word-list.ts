import type { Statement } from 'better-sqlite3';
import { ByteSet } from '../../ngram-index/byte-set.ts';
import type { SearchTokens } from '../../ngram-index/search-tokenizer.ts';
import type { Sqlite } from '../connection/sqlite.ts';

// Beyond it memory matters more than asking the database again.
const maxRemembered = 100_000;
const blank = 0x20;

/** Keeps every word that was ever in a text, so that a part of a word can be looked for among words. */
export class WordList {
  readonly #add: Statement;
  readonly #known = new ByteSet();
  #added: string[] = [];

  constructor(db: Sqlite) {
    this.#add = db.prepare('INSERT OR IGNORE INTO search_word (word) VALUES (?)');
  }

  /** Adds the words of a text. */
  add({ row, wordsEnd }: SearchTokens): void {
    if (this.#known.size >= maxRemembered) this.#known.clear();
    for (let start = 0; start < wordsEnd;) {
      let end = start;
      while (row[end] !== blank) end += 1;
      if (this.#known.add(row, start, end)) this.#added.push(row.toString('latin1', start, end));
      start = end + 1;
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
