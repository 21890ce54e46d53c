import type { SetConditions } from './compile-query.ts';
import { tagToken } from '../../tables/search-documents.ts';
import type { Sqlite } from '../../connection/sqlite.ts';
import { encodeNgram } from '../../../ngram-index/encode-ngram.ts';
import { longestWholeWord } from '../../../ngram-index/words.ts';
import { vocabularyOf } from './vocabulary.ts';

// Joining the lists of so many words costs less than looking into the texts of a library.
const mostWords = 5000;

const quoted = (tokens: readonly string[]): string => tokens.map((token) => `"${token}"`).join(' OR ');
const docsOf = (table: string): string => `m.doc IN (SELECT rowid FROM ${table} WHERE ${table} MATCH ?)`;

/**
 * Marks that compose with one of the letters a to z. A text in which one stands by itself is indexed by the letter
 * without it as well, though it has to be looked for with it.
 */
const composingMarks = Array.from({ length: 0x370 - 0x300 }, (_, at) =>
  String.fromCharCode(0x300 + at),
).filter((mark) =>
  Array.from('abcdefghijklmnopqrstuvwxyz').some((letter) => (letter + mark).normalize('NFC').length === 1),
);
const withMarks = quoted(composingMarks.map(encodeNgram));

/** Conditions that full-text tables answer for all images at once, without a look at any. */
export function exactSets(db: Sqlite): SetConditions {
  const hasMarks = (): boolean =>
    db.prepare('SELECT 1 FROM search_text WHERE search_text MATCH ? LIMIT 1').get(withMarks) !== undefined;
  return {
    text(needle) {
      if (!/^[a-z]+$/.test(needle) || needle.length > longestWholeWord) return undefined;
      const words = vocabularyOf(db).wordsWith(needle, 'anywhere', mostWords);
      if (words === undefined) return undefined;
      if (words.length === 0) return { where: '0', parameters: [] };
      const found = { where: docsOf('search_text'), parameters: [quoted(words)] };
      if (!hasMarks()) return found;
      // As a question of its own, so that only the rows of these few texts are read.
      return {
        where: `(${found.where} AND (NOT ${docsOf('search_text')} OR EXISTS (SELECT 1 FROM image x
          WHERE x.id = m.image_id AND (contains_folded(x.path, ?) OR contains_folded(x.exif, ?)))))`,
        parameters: [...found.parameters, withMarks, needle, needle],
      };
    },
    tags(ids) {
      if (ids.length === 0) return { where: '0', parameters: [] };
      return { where: docsOf('search_tags'), parameters: [quoted(ids.map(tagToken))] };
    },
    folder: ({ from, to }) => ({
      where: 'm.image_id IN (SELECT id FROM image WHERE path >= ? AND path < ?)',
      parameters: [from, to],
    }),
  };
}
