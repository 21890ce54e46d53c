import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteSet } from './byte-set.ts';

it('tells what is new like a set of texts', () => {
  const token = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '\u00e9'), minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(token, { maxLength: 500, size: 'max' }), (tokens) => {
      const bytes = new ByteSet();
      const texts = new Set<string>();
      const news = tokens.map((text) => {
        const around = Buffer.from(`,${text},`);
        return bytes.add(around, 1, around.length - 1);
      });
      expect(news).toEqual(tokens.map((text) => !texts.has(text) && texts.add(text) === texts));
      expect(bytes.size).toBe(texts.size);
      bytes.clear();
      expect(bytes.size).toBe(0);
    }),
  );
});

it('grows with what is added', () => {
  const bytes = new ByteSet();
  const addAll = (): number =>
    Array.from({ length: 20_000 }, (_, number) => Buffer.from(String(number))).filter((text) =>
      bytes.add(text, 0, text.length),
    ).length;
  expect([addAll(), addAll(), bytes.size]).toEqual([20_000, 0, 20_000]);
});
