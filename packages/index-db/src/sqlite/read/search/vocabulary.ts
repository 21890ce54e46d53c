import type { PositionInWord, Vocabulary } from '../../../ngram-index/vocabulary.ts';
import type { Sqlite } from '../../connection/sqlite.ts';

// One string to look through is many times faster than a hundred thousand.
class ReadVocabulary implements Vocabulary {
  #text = '\n';
  #lastId = 0;

  /** Reads the words that were added since. */
  refresh(db: Sqlite): void {
    const added = db
      .prepare<[number], [number, string]>('SELECT id, word FROM search_word WHERE id > ? ORDER BY id')
      .raw()
      .all(this.#lastId);
    if (added.length === 0) return;
    this.#text += `${added.map(([, word]) => word).join('\n')}\n`;
    this.#lastId = added.at(-1)?.[0] ?? 0;
  }

  wordsWith(letters: string, position: PositionInWord, most: number): readonly string[] | undefined {
    const pattern = `${position === 'beginning' ? '\n' : ''}${letters}${position === 'end' ? '\n' : ''}`;
    const found: string[] = [];
    const text = this.#text;
    for (let at = text.indexOf(pattern); at !== -1;) {
      if (found.length === most) return undefined;
      const start = position === 'beginning' ? at + 1 : text.lastIndexOf('\n', at) + 1;
      const end = text.indexOf('\n', start);
      found.push(text.slice(start, end));
      at = text.indexOf(pattern, end);
    }
    return found;
  }
}

const loaded = new WeakMap<Sqlite, ReadVocabulary>();

/** The words of a database, as of now. */
export function vocabularyOf(db: Sqlite): Vocabulary {
  const vocabulary = loaded.get(db) ?? new ReadVocabulary();
  loaded.set(db, vocabulary);
  vocabulary.refresh(db);
  return vocabulary;
}
