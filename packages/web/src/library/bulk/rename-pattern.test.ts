import { expect, test } from 'vitest';

import { patternName, patternProblem } from './rename-pattern.ts';

test('name, number and extension', () => {
  expect(patternName('fox {n:3}', 'a.b.png', 7)).toBe('fox 007.png');
  expect(patternName('{n}-{name}', 'a.b.png', 12)).toBe('12-a.b.png');
  expect(patternName('{n:2}', 'none', 123)).toBe('123');
  expect(patternName('$& {other}', 'a.png', 1)).toBe('$& {other}.png');
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
