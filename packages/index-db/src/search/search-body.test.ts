import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIndexedAlone, pairMark as pair, searchBodies, singleMark as one } from './search-body.ts';

describe('searchBodies', () => {
  it('is the folded path and text, ended so that the last two characters begin a trigram', () => {
    expect(searchBodies('/A.png', 'Fox').ofBoth).toBe('/a.png\nfox\n\n');
    expect(searchBodies('/A.png', 'Fox').ofPath).toBe('/a.png\n\n');
  });

  it('lists rare characters, and pairs that no ASCII trigram begins with', () => {
    expect(searchBodies('/a', 'x 猫').ofBoth).toBe(
      `/a\nx 猫\n\n${one}猫${one}${['x ', ' 猫'].map((text) => pair + text).join('')}`,
    );
    expect(searchBodies('/a', '50% [b]').ofBoth).toBe(`/a\n50% [b]\n\n${one}%${one}[${one}]${one}`);
  });

  it('holds a text in decomposed accents in both forms', () => {
    expect(searchBodies('/a', 'e\u0301').ofBoth.startsWith('/a\n\u00e9\ne\u0301\n\n')).toBe(true);
  });

  it('takes control characters for blanks', () => {
    expect(searchBodies('/a', 'b\0c\x01d\x02e').ofBoth).toBe('/a\nb c d e\n\n');
  });

  it('lists each pair that is part of a trigram with a character beyond ASCII', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '猫', 'é', '😀'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(text, (word) => {
        const characters = Array.from(`/p\n${word}`);
        const pairs = characters
          .map((_, at) => characters.slice(at, at + 3))
          .filter((three) => three.length >= 2 && /[^\0-\x7f]/.test(three.join('')))
          .map((three) => three.slice(0, 2).join(''));
        const listed = searchBodies('/p', word).ofBoth.split(pair).slice(1);
        expect(listed).toEqual([...new Set(pairs)]);
      }),
    );
  });
});

describe('isIndexedAlone', () => {
  it('leaves out what is in nearly every text', () => {
    expect(['a', '7', ',', ' '].map(isIndexedAlone)).toEqual([false, false, false, false]);
    expect(['猫', '%', 'é', '😀'].map(isIndexedAlone)).toEqual([true, true, true, true]);
  });
});
