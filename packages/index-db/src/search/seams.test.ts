import { describe, expect, it } from 'vitest';
import { characterCodes } from './character-codes.ts';
import { findRuns } from './letter-runs.ts';
import { writeSeams } from './seams.ts';
import { readTokens, TokenWriter } from './token-writer.ts';

function seams(text: string): string[] {
  const writer = new TokenWriter();
  const codes = characterCodes(text);
  writeSeams(codes, findRuns(codes), writer);
  return readTokens(writer.take());
}

const count = (text: string): number => seams(text).length;

describe('writeSeams', () => {
  it('takes the letters on both sides of what separates words', () => {
    expect(seams('masterpiece, best')).toEqual(seams('ce, be'));
    expect(seams('ce, be')).not.toEqual(seams('ce be'));
    expect(seams('red fox red fox')).toEqual([...seams('ed fo'), ...seams('ox re')]);
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
