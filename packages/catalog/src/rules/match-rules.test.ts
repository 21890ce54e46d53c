import { describe, expect, it } from 'vitest';
import { matchRules } from './match-rules.ts';

const image = {
  path: '/photos/Fox.png',
  text: 'a Red fox\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 8x8, Model: juggernaut',
};

const isMet = (
  conditions: Parameters<typeof matchRules>[0][number]['conditions'],
  match: 'all' | 'any' = 'all',
): boolean | undefined => matchRules([{ tagId: 1, match, conditions }], [image]).met[0]?.[0];

describe('matchRules', () => {
  it('compares each field by itself, whatever the case', () => {
    expect(isMet([{ field: 'prompt', operator: 'contains', value: 'RED' }])).toBe(true);
    expect(isMet([{ field: 'prompt', operator: 'contains', value: 'blurry' }])).toBe(false);
    expect(isMet([{ field: 'negative_prompt', operator: 'equals', value: 'Blurry' }])).toBe(true);
    expect(isMet([{ field: 'model', operator: 'equals', value: 'jugger' }])).toBe(false);
    expect(isMet([{ field: 'sampler', operator: 'regex', value: '^euler' }])).toBe(true);
    expect(isMet([{ field: 'path', operator: 'regex', value: 'fox\\.png$' }])).toBe(true);
  });

  it('wants all or any of the conditions, and is met by none without', () => {
    const yes = { field: 'prompt', operator: 'contains', value: 'fox' } as const;
    const no = { field: 'prompt', operator: 'contains', value: 'hen' } as const;
    expect([
      isMet([yes, no]),
      isMet([yes, no], 'any'),
      isMet([yes, yes]),
      isMet([]),
      isMet([], 'any'),
    ]).toEqual([false, true, true, false, false]);
  });

  it('gives an endless expression up and says so', () => {
    const endless = { path: '/a', text: 'a'.repeat(40) };
    const rule = {
      tagId: 1,
      match: 'all',
      conditions: [{ field: 'text', operator: 'regex', value: '^(a+)+b$' }],
    } as const;
    expect(matchRules([rule], [endless])).toEqual({ met: [[false]], timedOut: ['^(a+)+b$'] });
  });
});
