import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeNgram } from './encode-ngram.ts';
import { foldForms, foldText, isBeyondAscii } from '@iib-kit/catalog/text';
import { letterRuns } from './words.ts';
import { SearchTokenizer, type SearchTokens } from './search-tokenizer.ts';
import { boundaryNgramsOf } from './boundary-ngrams.ts';
import { readTokens } from './token-writer.ts';
import { pairsBeyondAscii, rareCharacters } from './short-ngrams.ts';
import { ngramsOf, textConstraints } from './text-constraints.ts';
import { textExpression } from './text-expression.ts';
import type { Vocabulary } from './vocabulary.ts';
import { vocabularyOf } from '../sqlite/read/search/vocabulary.ts';

const tokenizer = new SearchTokenizer();

function wordsOf({ row, wordsEnd }: SearchTokens): string[] {
  return readTokens(row.subarray(0, wordsEnd));
}

interface Indexed {
  readonly db: Database.Database;
  readonly vocabulary: Vocabulary;
}

function indexed(...texts: string[]): Indexed {
  const db = new Database(':memory:');
  db.exec(`
    CREATE VIRTUAL TABLE t USING fts5(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii');
    CREATE TABLE search_word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);`);
  const addWord = db.prepare('INSERT OR IGNORE INTO search_word (word) VALUES (?)');
  for (const [index, text] of texts.entries()) {
    const tokens = tokenizer.tokens('/p', text);
    for (const word of wordsOf(tokens)) addWord.run(word);
    db.prepare('INSERT INTO t (rowid, tokens) VALUES (?, ?)').run(index + 1, tokens.row);
  }
  return { db, vocabulary: vocabularyOf(db) };
}

function found({ db, vocabulary }: Indexed, needle: string): unknown[] {
  const constraints = textConstraints(foldText(needle), { vocabulary, frequency: () => 0.1 });
  const every = constraints.map((constraint) => textExpression([constraint], 1)?.match ?? '');
  if (every.length === 0) return db.prepare('SELECT rowid FROM t').pluck().all();
  return db.prepare('SELECT rowid FROM t WHERE t MATCH ?').pluck().all(every.join(' AND '));
}

describe('what is asked of the full-text table', () => {
  it('is answered by every text that contains the needle, of any length and script', () => {
    const character = fc.constantFrom(
      ...Array.from('aAbzZ09 ,"%_()\n\t\x01`{~'),
      'ab',
      'xyz',
      ', ',
      '猫',
      '少',
      'é',
      'e\u0301',
      'Σ',
      'ς',
      '😀',
      'İ',
      '\u00a0',
      '\x80',
    );
    const text = fc
      .array(character, { minLength: 1, maxLength: 24 })
      .map((characters) => characters.join(''));
    fc.assert(
      fc.property(text, fc.nat(), fc.integer({ min: 1, max: 12 }), (whole, from, length) => {
        const characters = Array.from(foldText(whole));
        const start = from % characters.length;
        const needle = characters.slice(start, start + length).join('');
        expect(found(indexed('nothing', whole), needle)).toContain(2);
      }),
      { numRuns: 1500 },
    );
  });

  it('is answered by runs of letters of any length', () => {
    const text = Array.from({ length: 150 }, (_, index) => String.fromCharCode(97 + ((index * 7) % 26))).join(
      '',
    );
    const index = indexed(`x ${text} y`, '12 34');
    for (let start = 0; start < 90; start += 5) {
      for (const length of [1, 2, 3, 16, 17, 18, 31, 32, 33, 60]) {
        expect(found(index, text.slice(start, start + length))).toEqual([1]);
      }
    }
    expect(found(index, `x ${text}`)).toEqual([1]);
    expect(found(index, `${text} y`)).toEqual([1]);
    expect(found(index, ` ${text} `)).toEqual([1]);
  });

  it.each([
    ['another word', 'blue', 'a red fox'],
    ['a word that begins elsewhere', 'x fog', 'a red fox, fog'],
    ['the same words in another order', 'fox red', 'a red fox'],
    ['words apart', 'red fox', 'red and fox'],
    ['other characters', '少女', '少年'],
    ['characters apart', '8k', '8 k'],
    ['another number', '5678', '567 890'],
    ['a part of a word as a whole one', ', trea,', 'a, treat, b'],
    ['words that end alike', ', of hair', 'roof hair, a'],
    ['words that meet elsewhere', 'red fox', 'red hen, led fox'],
  ])('is not answered by %s', (_, needle, text) => {
    expect(found(indexed(text), needle)).toEqual([]);
  });

  it('is nothing for what nearly every text holds', () => {
    const { vocabulary } = indexed('a');
    for (const needle of ['', '7', ', ', ' ']) {
      expect(textConstraints(needle, { vocabulary, frequency: () => 1 })).toEqual([]);
    }
  });

  it('is words, pieces, boundaries and short pieces, of texts in ASCII as of others', () => {
    const ascii = fc.constantFrom(...Array.from('aBcZ09 ,"%_{~\n\t\r\x01\x7f'), 'abc', ', ');
    const any = fc.oneof(
      { weight: 9, arbitrary: ascii },
      fc.constantFrom('é', 'e\u0301', '猫', 'ς', '\u212a', '😀'),
    );
    const text = fc.oneof(fc.string({ unit: ascii }), fc.string({ unit: any }));
    fc.assert(
      fc.property(text, text, (path, rest) => {
        const folded = `${foldForms(path)}\n${foldForms(rest)}\n\n`;
        const short = [...rareCharacters(folded), ...(isBeyondAscii(folded) ? pairsBeyondAscii(folded) : [])];
        // Behind something else, the first word is whole.
        const boundaries = boundaryNgramsOf(`\n${folded}`).flat();
        const expected = [
          ...letterRuns(folded),
          ...ngramsOf(folded),
          ...boundaries,
          ...short.map(encodeNgram),
        ];
        const { row } = tokenizer.tokens(path, rest);
        expect(new Set(readTokens(row))).toEqual(new Set(expected));
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves out what words imply', () => {
    expect(ngramsOf('red fox, hen').filter((token) => /^[a-z]+$/.test(token))).toEqual([]);
    expect(wordsOf(tokenizer.tokens('/a', 'Red fox, red hen'))).toEqual(['a', 'red', 'fox', 'red', 'hen']);
  });
});
