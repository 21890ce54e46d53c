import { expect, test } from 'vitest';

import { applyPattern, patternProblem } from './rename-pattern.ts';

test('name, number and extension', () => {
  expect(applyPattern('fox {n:3}', 'a.b.png', 7)).toBe('fox 007.png');
  expect(applyPattern('{n}-{name}', 'a.b.png', 12)).toBe('12-a.b.png');
  expect(applyPattern('{n:2}', 'none', 123)).toBe('123');
  expect(applyPattern('$& {other}', 'a.png', 1)).toBe('$& {other}.png');
});

test('patterns that are of no use', () => {
  expect(['', ' ', 'a/b{n}', 'fox', 'fox {n}', '{name}'].map(patternProblem)).toEqual([
    'empty',
    'empty',
    'slash',
    'same',
    undefined,
    undefined,
  ]);
});
