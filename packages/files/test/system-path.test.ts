import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spellPath, systemPath } from '../src/system-path.ts';

const back = (path: string): Buffer => Buffer.from(systemPath(path));

describe('the spelling of paths', () => {
  it('leaves UTF-8 as it is', () => {
    const path = '/photos/猫 é "quoted"\n😀.png';
    expect(spellPath(Buffer.from(path))).toBe(path);
    expect(systemPath(path)).toBe(path);
  });

  it('keeps what is readable of a name that is not', () => {
    expect(spellPath(Buffer.from('caf\xe9.png', 'latin1'))).toBe('caf\u{10fee9}.png');
    expect(back('caf\u{10fee9}.png').toString('latin1')).toBe('caf\xe9.png');
  });

  it('gives all bytes back, and another spelling for others', () => {
    const byte = fc.oneof(
      fc.integer({ min: 1, max: 255 }),
      fc.constantFrom(0xf4, 0x8f, 0xb9, 0xba, 0xbb, 0x80, 0xbf),
    );
    const name = fc.array(byte, { maxLength: 12 }).map((bytes) => Buffer.from(bytes));
    const names = fc.oneof(
      name,
      fc
        .constantFrom('\u{10fe80}', 'a\u{10feff}b', '\u{10fdff}', '\u{10ff00}')
        .map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(names, names, (one, other) => {
        expect(back(spellPath(one)).equals(one)).toBe(true);
        // What cannot be kept in UTF-8 is no spelling.
        expect(Buffer.from(spellPath(one)).toString()).toBe(spellPath(one));
        expect(spellPath(one) === spellPath(other)).toBe(one.equals(other));
      }),
      { numRuns: 2000 },
    );
  });
});
