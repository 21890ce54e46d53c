import { describe, expect, it } from 'vitest';
import { chooseNgrams } from './choose-ngrams.ts';

const frequency = (parts: Readonly<Record<string, number>>) => (piece: string) => parts[piece] ?? 0;

describe('chooseNgrams', () => {
  it('begins with the rarest and leaves out lists that cost more than they spare', () => {
    const parts = { the: 0.9, ing: 0.6, rva: 0.0005, vat: 0.0006 };
    expect(chooseNgrams(['the', 'rva', 'vat', 'ing'], frequency(parts))).toEqual(['rva', 'vat']);
  });

  it('takes several frequent ones, which together are rarer', () => {
    const parts = { the: 0.5, ing: 0.5, and: 0.5 };
    expect(chooseNgrams(['the', 'ing', 'and'], frequency(parts))).toEqual(['the', 'ing', 'and']);
  });

  it('takes one where nothing is known', () => {
    expect(chooseNgrams(['abc', 'bcd'], () => 0)).toEqual(['abc']);
    expect(chooseNgrams([], () => 0)).toEqual([]);
  });
});
