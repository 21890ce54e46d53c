import { describe, expect, it } from 'vitest';
import { isIndexedAlone, pairMark as pair, searchBody, singleMark as one } from './search-body.ts';

describe('searchBody', () => {
  it('is the folded path and text, ended so that the last two characters begin a trigram', () => {
    expect(searchBody('/A.png', 'Fox')).toBe('/a.png\nfox\n\n');
    expect(searchBody('/A.png')).toBe('/a.png\n\n');
  });

  it('lists rare characters, and pairs that no ASCII trigram begins with', () => {
    expect(searchBody('/a', 'x 猫')).toBe(
      `/a\nx 猫\n\n${one}猫${one}${['x ', ' 猫'].map((text) => pair + text).join('')}`,
    );
    expect(searchBody('/a', '50% [b]')).toBe(`/a\n50% [b]\n\n${one}%${one}[${one}]${one}`);
  });

  it('holds a text in decomposed accents in both forms', () => {
    expect(searchBody('/a', 'e\u0301').startsWith('/a\n\u00e9\ne\u0301\n\n')).toBe(true);
  });

  it('takes control characters for blanks', () => {
    expect(searchBody('/a', 'b\0c\x01d\x02e')).toBe('/a\nb c d e\n\n');
  });
});

describe('isIndexedAlone', () => {
  it('leaves out what is in nearly every text', () => {
    expect(['a', '7', ',', ' '].map(isIndexedAlone)).toEqual([false, false, false, false]);
    expect(['猫', '%', 'é', '😀'].map(isIndexedAlone)).toEqual([true, true, true, true]);
  });
});
