import { foldText } from '@iib-kit/catalog/text';
import { SearchTokenizer } from '../../../ngram-index/search-tokenizer.ts';
import { trigrams } from '../../../ngram-index/trigrams.ts';
import { NgramSamples, sampledEvery } from '../../tables/ngram-samples.ts';
import type { Sqlite } from '../../connection/sqlite.ts';
import { WordList } from '../../tables/word-list.ts';
import { mergeLess, noteBoundaryNgrams, textTables } from './search-tables.ts';

interface TextRow {
  readonly doc: number;
  readonly path: string;
  readonly text: string;
}

/** Replaces the trigrams of earlier databases by words and n-grams; newer ones begin with them. */
export function indexWords(db: Sqlite): void {
  if (db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'search_word'`).get() === undefined) writeAnew(db);
}

/** Replaces the boundary n-grams of earlier databases, which do not tell the letter before; newer ones begin with those that do. */
export function addLetterBeforeBoundary(db: Sqlite): void {
  if (db.prepare(`SELECT 1 FROM library_state WHERE name = 'seams'`).get() === undefined) writeAnew(db);
}

function writeAnew(db: Sqlite): void {
  db.exec(`
    DROP TABLE search_text; DROP TABLE IF EXISTS search_word; DELETE FROM search_piece;
    ${textTables} ${noteBoundaryNgrams} ${mergeLess('search_text')}`);
  const next = db.prepare<[number], TextRow>(`
    SELECT m.doc, i.path, coalesce(i.exif, '') AS text FROM media_info m JOIN image i ON i.id = m.image_id
    WHERE m.doc > ? ORDER BY m.doc LIMIT 1000`);
  const insert = db.prepare('INSERT INTO search_text (rowid, tokens) VALUES (?, ?)');
  const tokenizer = new SearchTokenizer();
  const words = new WordList(db);
  const samples = new NgramSamples(db);
  for (let rows = next.all(0); rows.length > 0; rows = next.all(rows.at(-1)?.doc ?? 0)) {
    for (const { doc, path, text } of rows) {
      const tokens = tokenizer.tokens(path, text);
      words.add(tokens);
      if (doc % sampledEvery === 0) samples.add(tokens.row, trigrams(foldText(path)));
      insert.run(doc, tokens.row);
    }
    words.flush();
  }
  samples.flush();
}
