import { names } from './names.ts';
import type { ConformanceTools } from './conformance-tools.ts';

/** Substrings, expressions, tags, and pages that cover everything once. */
export function searchSuite({ describe, it, expect, temporaryLibrary }: ConformanceTools): void {
  async function openWith(pictures: Readonly<Record<string, string>>) {
    const library = temporaryLibrary();
    let time = 1_700_000_000;
    for (const [name, text] of Object.entries(pictures)) {
      time += 1;
      library.picture(name, text, time, time % 256);
    }
    const index = await library.open();
    await index.update([library.root]);
    return { library, index };
  }

  describe('searchBySubstring', () => {
    it('finds pieces of the text and the path, newest first, whatever their case', async () => {
      const { index } = await openWith({ 'a.png': 'A red FOX', 'fox.png': 'nothing', 'b.png': 'a hen' });
      expect(names(await index.searchBySubstring({ text: 'fOx' }))).toEqual(['fox.png', 'a.png']);
      expect(names(await index.searchBySubstring({ text: 'fox', pathOnly: true }))).toEqual(['fox.png']);
      expect(names(await index.searchBySubstring({}))).toEqual(['b.png', 'fox.png', 'a.png']);
    });

    it.each([
      ['one character', 'q', ['a.png']],
      ['two characters', '8k', ['a.png']],
      ['the last two characters of the text', 'zq', ['a.png']],
      ['a Chinese character', '猫', ['b.png']],
      ['two Chinese characters', '少女', ['b.png']],
      ['Cyrillic in another case', 'ЛИСА', ['c.png']],
      ['Greek with its final sigma', 'ΟΔΟΣ', ['c.png']],
      ['an accent typed in two pieces', 'cafe\u0301', ['c.png']],
      ['a percent sign', '100%', ['a.png']],
      ['an underscore', 'd_e', ['b.png']],
      ['a quote', 'say "hi"', ['a.png']],
      ['nothing that exists', 'xyzzy', []],
    ])('finds %s', async (_, text, expected) => {
      const { index } = await openWith({
        'a.png': '8k, 100% say "hi" zq',
        'b.png': '一个少女和猫, d_e 1000 dxe',
        'c.png': 'лиса οδός οδος café',
      });
      expect(names(await index.searchBySubstring({ text }))).toEqual(expected);
    });

    it('stays inside the folders asked for, and takes them for folders, not beginnings of names', async () => {
      const { index, library } = await openWith({ 'a/1.png': 'fox', 'ab/2.png': 'fox', 'a/b/3.png': 'fox' });
      const inside = async (...folders: string[]) =>
        names(await index.searchBySubstring({ text: 'fox', folders }));
      expect(await inside(library.at('a'))).toEqual(['3.png', '1.png']);
      expect(await inside(library.at('a/'), library.at('ab'))).toEqual(['3.png', '2.png', '1.png']);
      expect(await inside()).toEqual([]);
      expect(await inside(library.at('absent'))).toEqual([]);
    });

    it('finds by expression in text, path and bare name', async () => {
      const { index } = await openWith({ '12x.png': 'fox', 'y7.png': 'seed: 42\nsteps' });
      const matching = async (regexp: string) => names(await index.searchBySubstring({ regexp }));
      expect(await matching('^\\d+.*\\.png$')).toEqual(['12x.png']);
      expect(await matching('SEED: \\d+.steps')).toEqual(['y7.png']);
      await expect(index.searchBySubstring({ regexp: '(' })).rejects.toMatchObject({
        code: 'invalid-regexp',
      });
    });

    it('ends an expression that takes too long, while others are answered', async () => {
      const { library } = await openWith({ 'a.png': 'a'.repeat(60) });
      const index = await library.open({ regexpTimeoutMs: 300 });
      const [endless, other] = await Promise.allSettled([
        index.searchBySubstring({ regexp: '^(a+)+$(?!x)b' }),
        index.searchBySubstring({ text: 'aaa' }),
      ]);
      expect(endless).toMatchObject({ status: 'rejected', reason: { code: 'regexp-timeout' } });
      expect(other).toMatchObject({ status: 'fulfilled' });
      expect(names(await index.searchBySubstring({ regexp: 'a{60}' }))).toEqual(['a.png']);
    });

    it('gives a search up when its signal says so', async () => {
      const { index } = await openWith({ 'a.png': 'a'.repeat(60) });
      const signal = AbortSignal.timeout(50);
      await expect(index.searchBySubstring({ regexp: '^(a+)+$(?!x)b' }, { signal })).rejects.toThrow(
        'timeout',
      );
    });

    it('filters by kind of medium', async () => {
      const { index } = await openWith({ 'a.png': 'fox' });
      expect(names(await index.searchBySubstring({ mediaType: 'image' }))).toEqual(['a.png']);
      expect(names(await index.searchBySubstring({ mediaType: 'audio' }))).toEqual([]);
      expect(names(await index.searchBySubstring({ mediaType: 'all' }))).toEqual(['a.png']);
    });

    it('refuses a cursor that is none, and a size below 1', async () => {
      const { index } = await openWith({ 'a.png': 'fox' });
      await expect(index.searchBySubstring({ cursor: 'nonsense' })).rejects.toMatchObject({
        code: 'invalid-cursor',
      });
      await expect(index.searchBySubstring({ size: 0 })).rejects.toThrow('size must be');
    });
  });

  describe('pages', () => {
    it('cover images that share a second exactly once, in order, while others are added', async () => {
      const library = temporaryLibrary();
      for (let number = 0; number < 25; number += 1) {
        library.picture(`${number}.png`, 'fox', 1_700_000_000 + Math.floor(number / 10), number);
      }
      const index = await library.open();
      await index.update([library.root]);
      const first = await index.searchBySubstring({ text: 'fox', size: 10 });
      library.picture('newer.png', 'fox', 1_800_000_000, 99);
      library.picture('older.png', 'fox', 1_600_000_000, 98);
      await index.update([library.root]);
      const second = await index.searchBySubstring({ text: 'fox', size: 10, cursor: first.next });
      const third = await index.searchBySubstring({ text: 'fox', size: 10, cursor: second.next });
      const all = [first, second, third].flatMap(names);
      expect([first.hasNext, second.hasNext, third.hasNext]).toEqual([true, true, false]);
      expect(third.next).toBe('');
      expect(all).toHaveLength(26);
      expect(new Set(all).size).toBe(26);
      expect(all.at(-1)).toBe('older.png');
    });

    it('end without an empty page when the size fits exactly', async () => {
      const { index } = await openWith({ 'a.png': 'fox', 'b.png': 'fox' });
      const page = await index.searchBySubstring({ text: 'fox', size: 2 });
      expect([names(page), page.hasNext, page.next]).toEqual([['b.png', 'a.png'], false, '']);
    });

    it('go on from cursors that IIB wrote', async () => {
      const { index } = await openWith({ 'a.png': 'fox', 'b.png': 'fox', 'c.png': 'fox' });
      const [newest] = (await index.searchBySubstring({ size: 1 })).items;
      const date = new Date((newest?.modifiedTime ?? 0) * 1000);
      const two = (value: number) => String(value).padStart(2, '0');
      const written = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
      expect(names(await index.searchBySubstring({ cursor: written }))).toEqual(['b.png', 'a.png']);
      expect(names(await index.searchBySubstring({ cursor: `${written}|${newest?.id}` }))).toEqual([
        'b.png',
        'a.png',
      ]);
    });
  });

  describe('searchByTags', () => {
    it('wants all of and, any of or, none of not', async () => {
      const { index } = await openWith({
        '1.png': 'fox, red',
        '2.png': 'fox, blue',
        '3.png': 'fox, red, night',
        '4.png': 'hen, red',
      });
      const { tags } = await index.basicInfo();
      const id = (name: string) => tags.find((tag) => tag.name === name)?.id ?? -1;
      const find = async (and: string[], or: string[], not: string[]) =>
        names(await index.searchByTags({ and: and.map(id), or: or.map(id), not: not.map(id) }));
      expect(await find(['fox'], [], [])).toEqual(['3.png', '2.png', '1.png']);
      expect(await find(['fox', 'fox', 'red'], [], ['night'])).toEqual(['1.png']);
      expect(await find([], ['blue', 'night'], [])).toEqual(['3.png', '2.png']);
      expect(await find(['red'], ['hen', 'night'], [])).toEqual(['4.png', '3.png']);
      expect(await find([], [], ['fox'])).toEqual(['4.png']);
      expect(await find([], [], [])).toHaveLength(4);
    });

    it('shuffles without repeating or skipping from page to page', async () => {
      const library = temporaryLibrary();
      for (let number = 0; number < 30; number += 1) library.picture(`${number}.png`, 'fox', 1, number);
      const index = await library.open();
      await index.update([library.root]);
      const seen: string[] = [];
      let cursor = '';
      do {
        const page = await index.searchByTags({ and: [], or: [], not: [], random: true, size: 7, cursor });
        seen.push(...names(page));
        cursor = page.next;
      } while (cursor !== '');
      expect(new Set(seen).size).toBe(30);
      expect(seen).toHaveLength(30);
      expect(seen).not.toEqual(names(await index.searchByTags({ and: [], or: [], not: [], size: 30 })));
    });
  });
}
