import { describe, expect, it } from 'vitest';
import { chooseConstraints, textExpression } from './text-expression.ts';

const constraint = (token: string, part: number, tokens = 1) => ({
  tokens: Array.from({ length: tokens }, () => token),
  part,
});
const chosen = (...all: ReturnType<typeof constraint>[]) =>
  chooseConstraints(all, 1_000_000).map(({ tokens }) => tokens[0]);

describe('chooseConstraints', () => {
  it('begins with the rarest and leaves out lists that cost more than they spare', () => {
    expect(chosen(constraint('the', 0.9), constraint('rva', 0.0005), constraint('vat', 0.0006))).toEqual([
      'rva',
      'vat',
    ]);
  });

  it('adds the words of a frequent n-gram, not other n-grams of the same word', () => {
    const words = { ...constraint('fox', 0.05), areWords: true };
    expect(chosen(constraint('boundary', 0.0005), words)).toEqual(['boundary', 'fox']);
    expect(chosen(constraint('boundary', 0.0005), constraint('x r', 0.15))).toEqual(['boundary']);
  });

  it('takes several frequent ones, which together are rarer', () => {
    expect(chosen(constraint('the', 0.5), constraint('and', 0.5))).toEqual(['the', 'and']);
  });

  it('leaves out what takes many lists to leave out little', () => {
    expect(chosen(constraint('a', 0.001), constraint('b', 0.002, 3000))).toEqual(['a']);
  });
});

describe('textExpression', () => {
  it('joins what is chosen', () => {
    const { match, isBroad } = textExpression(
      [
        { tokens: ['x', 'y'], part: 0.01 },
        { tokens: ['"'], part: 0.02 },
      ],
      1_000_000,
    ) ?? { match: '', isBroad: true };
    expect([match, isBroad]).toEqual(['("x" OR "y") AND ("""")', false]);
  });

  it('finds nothing where a part of a word is in no word', () => {
    expect(textExpression([{ tokens: [], part: 0 }], 10)?.match).toBe('"\x80none"');
  });

  it('is broad where nearly every text matches, or many lists are joined', () => {
    expect(textExpression([constraint('a', 0.9)], 1000)?.isBroad).toBe(true);
    expect(textExpression([constraint('a', 0.001, 100)], 1000)?.isBroad).toBe(true);
    expect(textExpression([], 1000)).toBeUndefined();
  });
});
