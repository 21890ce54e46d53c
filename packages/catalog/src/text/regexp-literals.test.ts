import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regexpLiterals } from './regexp-literals.ts';

describe('regexpLiterals', () => {
  it.each([
    ['red fox', ['red fox']],
    ['Seed: \\d+', ['seed: ']],
    ['ab+c', ['ab', 'c']],
    ['colou?r', ['colo', 'r']],
    ['a\\.b\\(c\\)', ['a.b(c)']],
    ['(?:red|blue) fox', [' fox']],
    ['(red) (?<kind>fox)', ['red', ' ', 'fox']],
    ['(red)? fox', [' fox']],
    ['a|b', []],
    ['(?!not)that', ['that']],
    ['(?=this)that', ['that']],
    ['x{0,3}y{2}z', ['y', 'z']],
    ['[abc]def[^\\]x]', ['def']],
    ['\\x41bc\\u0041d\\bword', ['bc', 'd', 'word']],
    ['^start.*end$', ['start', 'end']],
    ['((deep) (er))', ['deep', ' ', 'er']],
    ['(\\1|a)b', ['b']],
  ])('of %s are %j', (source, expected) => {
    expect(regexpLiterals(source)).toEqual(expected);
  });

  it('are in every text that the expression matches', () => {
    const piece = fc.constantFrom(
      'a',
      'B',
      '.',
      '\\.',
      '\\d',
      '[ab]',
      '(ab)',
      '(a|b)',
      '(?:aB)?',
      'a*',
      'b+',
      'A?',
      '(?=a)',
      '^',
      '$',
      'a{2}',
      'b{0,1}',
      '|',
      '\\x41',
    );
    const source = fc.array(piece, { minLength: 1, maxLength: 7 }).map((pieces) => pieces.join(''));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'B', '.', '1', '\n'), maxLength: 12 });
    fc.assert(
      fc.property(source, text, (expression, searched) => {
        const match = new RegExp(expression, 'ims').exec(searched);
        fc.pre(match !== null);
        for (const literal of regexpLiterals(expression)) {
          expect(searched.toLowerCase()).toContain(literal);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
