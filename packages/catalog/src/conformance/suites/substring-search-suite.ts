import fc from 'fast-check';
import { mediaTypes } from '../../roles/indexed-image.ts';
import type { ConformanceTools } from '../conformance-tools.ts';
import { allPages } from '../expected/all-pages.ts';
import { inOrder } from '../expected/in-order.ts';
import { expressions, folderLists, needles, pageSizes } from '../expected/made-up-queries.ts';
import { meetsSubstring } from '../expected/matching.ts';
import { names } from '../library/names.ts';
import { openWith } from '../library/open-with.ts';

/** Pieces of texts and paths, and expressions over them. */
export function substringSearchSuite(tools: ConformanceTools): void {
  const { describe, it, expect } = tools;

  describe('searchBySubstring', () => {
    it('finds pieces of the text and the path, newest first, whatever their case', async () => {
      const { index } = await openWith(tools, {
        'a.png': 'A red FOX',
        'fox.png': 'nothing',
        'b.png': 'a hen',
      });
      expect(names(await index.searchBySubstring({ text: 'fOx' }))).toEqual(['fox.png', 'a.png']);
      expect(names(await index.searchBySubstring({ text: 'fox', pathOnly: true }))).toEqual(['fox.png']);
      expect(names(await index.searchBySubstring({}))).toEqual(['b.png', 'fox.png', 'a.png']);
    });

    it('finds pieces of one letter and more, of any script, and signs as they are', async () => {
      const { index } = await openWith(tools, {
        'a.png': '8k, 100% say "hi" zq',
        'b.png': '一个少女和猫, d_e 1000 dxe',
        'c.png': 'лиса οδός οδος café',
      });
      const found: Readonly<Record<string, readonly string[]>> = {
        q: ['a.png'],
        '8k': ['a.png'],
        zq: ['a.png'],
        猫: ['b.png'],
        少女: ['b.png'],
        ЛИСА: ['c.png'],
        ΟΔΟΣ: ['c.png'],
        'cafe\u0301': ['c.png'],
        cafe: [],
        '100%': ['a.png'],
        d_e: ['b.png'],
        'say "hi"': ['a.png'],
        xyzzy: [],
      };
      for (const [text, expected] of Object.entries(found))
        expect(names(await index.searchBySubstring({ text })), text).toEqual(expected);
    });

    it('stays inside the folders asked for, and takes them for folders, not beginnings of names', async () => {
      const { index, library } = await openWith(tools, {
        'a/1.png': 'fox',
        'ab/2.png': 'fox',
        'a/b/3.png': 'fox',
      });
      const inside = async (...folders: string[]) =>
        names(await index.searchBySubstring({ text: 'fox', folders }));
      expect(await inside(library.at('a'))).toEqual(['3.png', '1.png']);
      expect(await inside(library.at('a/'), library.at('ab'))).toEqual(['3.png', '2.png', '1.png']);
      expect(await inside()).toEqual([]);
      expect(await inside(library.at('absent'))).toEqual([]);
    });

    it('wants every tag that is asked for, beside a text and by itself', async () => {
      const { index } = await openWith(tools, {
        '1.png': 'fox, red',
        '2.png': 'fox, blue',
        '3.png': 'hen, red',
      });
      const { tags } = await index.basicInfo();
      const id = (name: string) => tags.find((tag) => tag.name === name)?.id ?? -1;
      const find = async (text: string, ...wanted: string[]) =>
        names(await index.searchBySubstring({ text, tags: wanted.map(id) }));
      expect(await find('fox', 'red')).toEqual(['1.png']);
      expect(await find('', 'red')).toEqual(['3.png', '1.png']);
      expect(await find('fox', 'fox', 'blue')).toEqual(['2.png']);
      expect(await find('hen', 'blue')).toEqual([]);
      expect(await find('fox')).toEqual(['2.png', '1.png']);
    });

    it('finds by expression in text, path and bare name', async () => {
      const { index } = await openWith(tools, { '12x.png': 'fox', 'y7.png': 'seed: 42\nsteps' });
      const matching = async (regexp: string) => names(await index.searchBySubstring({ regexp }));
      expect(await matching('^\\d+.*\\.png$')).toEqual(['12x.png']);
      expect(await matching('SEED: \\d+.steps')).toEqual(['y7.png']);
      await expect(index.searchBySubstring({ regexp: '(' })).rejects.toMatchObject({
        code: 'invalid-regexp',
      });
    });

    it('ends an expression that takes too long, while others are answered', async () => {
      const { library } = await openWith(tools, { 'a.png': 'a'.repeat(60) });
      const index = await library.open({ regexpTimeoutMs: 300 });
      const [endless, other] = await Promise.allSettled([
        index.searchBySubstring({ regexp: '^(a+)+$(?!x)b' }),
        index.searchBySubstring({ text: 'aaa' }),
      ]);
      expect(endless).toMatchObject({ status: 'rejected', reason: { code: 'regexp-timeout' } });
      expect(other).toMatchObject({ status: 'fulfilled' });
      expect(names(await index.searchBySubstring({ regexp: 'a{60}' }))).toEqual(['a.png']);
    });

    it('lets nobody wait for two expressions without end, not even another expression', async () => {
      const { library } = await openWith(tools, { 'a.png': 'a'.repeat(60) });
      const index = await library.open({ regexpTimeoutMs: 3000 });
      const ended: string[] = [];
      const asked = (name: string, answer: Promise<unknown>) => answer.finally(() => ended.push(name));
      const endless = ['^(a+)+$(?!x)b', '^(a|a)+$(?!x)b'].map((regexp) =>
        asked('endless', index.searchBySubstring({ regexp })),
      );
      const others = [
        asked('expression', index.searchBySubstring({ regexp: 'a{60}' })),
        asked('sorted', index.search({ query: '', sort: 'name' })),
        asked('statistics', index.statistics()),
        asked('text', index.searchBySubstring({ text: 'aaa' })),
      ];
      const outcomes = await Promise.allSettled([...endless, ...others]);
      expect(outcomes.map(({ status }) => status)).toEqual([
        ...endless.map(() => 'rejected'),
        ...others.map(() => 'fulfilled'),
      ]);
      expect(ended.slice(-2)).toEqual(['endless', 'endless']);
    });

    it('gives a search up when its signal says so', async () => {
      const { index } = await openWith(tools, { 'a.png': 'a'.repeat(60) });
      const signal = AbortSignal.timeout(50);
      await expect(index.searchBySubstring({ regexp: '^(a+)+$(?!x)b' }, { signal })).rejects.toThrow(
        'timeout',
      );
    });

    it('gives what a plain look at each picture gives, newest first, in pages of any size', async () => {
      const made = await tools.madeUpLibrary();
      const needle = fc.oneof(
        { weight: 4, arbitrary: needles(made).map((text) => ({ text })) },
        { weight: 2, arbitrary: expressions(made).map((regexp) => ({ regexp })) },
        {
          weight: 1,
          arbitrary: fc.constantFrom({}, { text: '' }, { regexp: '' }, { text: 'fox', regexp: '' }),
        },
      );
      await fc.assert(
        fc.asyncProperty(
          needle,
          fc.option(fc.constantFrom('all' as const, ...mediaTypes), { nil: undefined, freq: 2 }),
          fc.constantFrom({}, { pathOnly: true }, { pathOnly: false }),
          fc.option(fc.array(fc.constantFrom(...made.tagIds, 987_654), { maxLength: 2 }), {
            nil: undefined,
            freq: 2,
          }),
          folderLists(made),
          pageSizes,
          async (sought, mediaType, where, tags, folders, size) => {
            const query = {
              ...sought,
              ...where,
              ...(mediaType && { mediaType }),
              ...(tags && { tags }),
              ...(folders && { folders }),
            };
            const found = await allPages(tools, size, (cursor) =>
              made.index.searchBySubstring({ ...query, size, cursor }),
            );
            const expected = made.pictures.filter((picture) =>
              meetsSubstring(query, picture, made.tagIdsOf(picture)),
            );
            expect(found.map(({ path }) => path)).toEqual(
              inOrder(expected, 'newest').map(({ path }) => path),
            );
          },
        ),
        { numRuns: 250 },
      );
    });
  });
}
