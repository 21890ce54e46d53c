import { describe, expect, it } from 'vitest';
import { seams } from './seams.ts';

const count = (text: string): number => seams(text).length;

describe('seams', () => {
  it('are the letters on both sides of what separates words', () => {
    expect(seams('masterpiece, best')).toEqual(seams('ce, be'));
    expect(seams('ce, be')).not.toEqual(seams('ce be'));
    expect(seams('red fox red fox')).toEqual([...seams('ed fo'), ...seams('ox re')]);
  });

  it('need two letters on both sides, no digit, and no more than three separators', () => {
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
