import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '@iib-kit/catalog/text';
import { matchExpression } from './match-expression.ts';
import { searchBody } from './search-body.ts';

function found(text: string, needle: string): boolean {
  const db = new Database(':memory:');
  db.exec(`CREATE VIRTUAL TABLE t USING fts5(
    body, content='', contentless_delete=1, detail=none, tokenize='trigram case_sensitive 1')`);
  db.prepare('INSERT INTO t (rowid, body) VALUES (1, ?)').run(searchBody(text));
  const match = matchExpression(foldText(needle), () => 0.5);
  return match === undefined || db.prepare('SELECT 1 FROM t WHERE t MATCH ?').get(match) !== undefined;
}

describe('matchExpression', () => {
  it('matches every text that contains the needle, of any length and script', () => {
    const character = fc.constantFrom(
      ...Array.from('aAbzZ09 ,"%_()\n\t\x01'),
      '猫',
      '少',
      'é',
      'e\u0301',
      'Σ',
      'ς',
      '😀',
      'İ',
    );
    const text = fc
      .array(character, { minLength: 1, maxLength: 12 })
      .map((characters) => characters.join(''));
    fc.assert(
      fc.property(text, fc.nat(), fc.integer({ min: 1, max: 6 }), (whole, from, length) => {
        const folded = foldText(whole);
        const characters = Array.from(folded);
        const start = from % characters.length;
        const needle = characters.slice(start, start + length).join('');
        expect(found(whole, needle)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('is nothing for a character that nearly every text holds', () => {
    expect(matchExpression('e', () => 1)).toBeUndefined();
    expect(matchExpression('', () => 1)).toBeUndefined();
  });

  it('does not match a text without the needle', () => {
    expect(found('a red fox', 'blue')).toBe(false);
    expect(found('少年', '少女')).toBe(false);
    expect(found('8 k', '8k')).toBe(false);
  });
});
