import { describe, expect, it } from 'vitest';
import { CharacterCodes } from './character-codes.ts';
import { WordFinder } from './words.ts';
import { BoundaryNgrams, boundaryNgramsOf } from './boundary-ngrams.ts';
import { readTokens, TokenWriter } from './token-writer.ts';

function tokensOf(text: string): string[] {
  const writer = new TokenWriter();
  const codes = new CharacterCodes().of(text);
  new BoundaryNgrams().write(codes, new WordFinder().find(codes), writer);
  return readTokens(writer.take());
}

const count = (text: string): number => tokensOf(text).length;

describe('BoundaryNgrams', () => {
  it('takes the letters on both sides of what separates words', () => {
    expect(tokensOf('masterpiece, best')).toEqual(tokensOf('ece, be'));
    expect(tokensOf('ece, be')).not.toEqual(tokensOf('ece be'));
    expect(tokensOf('are, be')).not.toEqual(tokensOf('re, be'));
    expect(tokensOf('red fox red fox')).toEqual([...tokensOf('red fo'), ...tokensOf('fox re')]);
  });

  it('needs two letters on both sides, no digit, and no more than three separators', () => {
    expect([
      count('red f'),
      count('a fox'),
      count('red 1 fox'),
      count('red9 fox'),
      count('red 9fox'),
    ]).toEqual([0, 0, 0, 0, 0]);
    expect([count('red    fox'), count('red   fox'), count('red a fox'), count('red')]).toEqual([0, 1, 0, 0]);
  });
});

describe('boundaryNgramsOf', () => {
  it('is one token for each boundary, as of a text', () => {
    expect(boundaryNgramsOf('the red fo').flat()).toEqual(tokensOf('the red fox'));
    expect(boundaryNgramsOf(', of hair').flat()).toEqual(tokensOf('a, of hair'));
    expect(boundaryNgramsOf('red f')).toEqual([]);
  });

  it('allows any letter, or none, before two that it begins with', () => {
    const [tokens] = boundaryNgramsOf('of hair');
    expect(tokens).toHaveLength(4);
    for (const text of ['of hair', 'roof hair', 'one of hair', 'loof hair']) {
      expect(tokens).toEqual(expect.arrayContaining(tokensOf(text).slice(-1)));
    }
  });
});
