import { describe, expect, it } from 'vitest';
import { characterCodes } from './character-codes.ts';
import { findWords } from './words.ts';
import { boundaryNgramsOf, writeBoundaryNgrams } from './boundary-ngrams.ts';
import { readTokens, TokenWriter } from './token-writer.ts';

function seams(text: string): string[] {
  const writer = new TokenWriter();
  const codes = characterCodes(text);
  writeBoundaryNgrams(codes, findWords(codes), writer);
  return readTokens(writer.take());
}

const count = (text: string): number => seams(text).length;

describe('writeBoundaryNgrams', () => {
  it('takes the letters on both sides of what separates words', () => {
    expect(seams('masterpiece, best')).toEqual(seams('ece, be'));
    expect(seams('ece, be')).not.toEqual(seams('ece be'));
    expect(seams('are, be')).not.toEqual(seams('re, be'));
    expect(seams('red fox red fox')).toEqual([...seams('red fo'), ...seams('fox re')]);
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
  it('is one token for each seam, as of a text', () => {
    expect(boundaryNgramsOf('the red fo').flat()).toEqual(seams('the red fox'));
    expect(boundaryNgramsOf(', of hair').flat()).toEqual(seams('a, of hair'));
    expect(boundaryNgramsOf('red f')).toEqual([]);
  });

  it('allows any letter, or none, before two that it begins with', () => {
    const [tokens] = boundaryNgramsOf('of hair');
    expect(tokens).toHaveLength(4);
    for (const text of ['of hair', 'roof hair', 'one of hair', 'loof hair']) {
      expect(tokens).toEqual(expect.arrayContaining(seams(text).slice(-1)));
    }
  });
});
