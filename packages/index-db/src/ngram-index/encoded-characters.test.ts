import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeNgram } from './encode-ngram.ts';
import { CharacterEncoder } from './encoded-characters.ts';

const encoder = new CharacterEncoder();

it('spells every range of characters as the n-gram of them', () => {
  const text = fc.string({
    unit: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', '\udc00')),
  });
  fc.assert(
    fc.property(text, fc.nat(), fc.integer({ min: 1, max: 4 }), (folded, from, length) => {
      const characters = Array.from(folded);
      const start = from % Math.max(1, characters.length);
      const piece = characters.slice(start, start + length);
      const { bytes, codes, starts, count } = encoder.encode(folded);
      expect(count).toBe(characters.length);
      expect(Array.from(codes.subarray(0, count))).toEqual(characters.map((each) => each.codePointAt(0)));
      const range = bytes.subarray(starts[start], starts[start + piece.length]);
      expect(Buffer.from(range)).toEqual(Buffer.from(encodeNgram(piece.join(''))));
    }),
  );
});
