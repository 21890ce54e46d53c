import { describe, expect, it } from 'vitest';
import { pairMark as pair, searchBody, singleMark as one } from './search-body.ts';

describe('searchBody', () => {
  it('is the folded path, ended so that the last two characters begin a trigram', () => {
    expect(searchBody('/A.png')).toBe('/a.png\n\n');
  });

  it('lists rare characters, and pairs that no ASCII trigram begins with', () => {
    expect(searchBody('/x 猫')).toBe(
      `/x 猫\n\n${one}猫${one}${['x ', ' 猫'].map((text) => pair + text).join('')}`,
    );
    expect(searchBody('/50% [b]')).toBe(`/50% [b]\n\n${one}%${one}[${one}]${one}`);
  });

  it('holds a path in decomposed accents in both forms', () => {
    expect(searchBody('/e\u0301').startsWith('/\u00e9\n/e\u0301\n\n')).toBe(true);
  });

  it('takes control characters for blanks', () => {
    expect(searchBody('/b\0c\x01d\x02e')).toBe('/b c d e\n\n');
  });
});
