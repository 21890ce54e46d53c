import { expect, test } from 'vitest';

import { option, resolveOptions } from './option.ts';

const section = {
  size: option<number>({ default: 3 }),
  name: option<string, { readonly text: string; readonly of: string }>({
    defaultFrom: ({ size = 3 }: { size?: number }) => `size ${size}`,
    check: (text, of) => ({ text, of }),
  }),
  mode: option<'a' | 'b'>({ choices: ['a', 'b'] }),
};

test('what is not given has its default, also one that follows from others, checked', () => {
  const resolved = resolveOptions(section, { size: 5, mode: undefined }, 'x.');
  expect(resolved).toEqual({ size: 5, name: { text: 'size 5', of: 'x.name' }, mode: undefined });
  expect(Object.isFrozen(resolved)).toBe(true);
  expect(resolveOptions(section, {}).name).toEqual({ text: 'size 3', of: 'name' });
});

test('null is a value, and not one of the choices', () => {
  expect(() => resolveOptions(section, { mode: null }, 'x.')).toThrow(
    new RangeError('option x.mode must be one of a, b, not null'),
  );
  expect(resolveOptions(section, { size: null }).size).toBe(null);
});
