import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { compileQuery, containsText } from '../src/sqlite/read/search/compile-query.ts';
import { mediaTypes, querySorts } from '@iib-kit/catalog';
import { parseQuery } from '@iib-kit/catalog/query';
import { baseName, foldText } from '@iib-kit/catalog/text';
import { searchByTags } from '../src/sqlite/read/search/plan-tags.ts';
import { searchByQuery } from '../src/sqlite/read/search/plan-query.ts';
import { accepts, type MadeUpImage, query, record, storeOf, tagNames } from './helpers/made-up-records.ts';

describe('search', () => {
  it('gives what a plain filter over the same images gives, newest first, each once, whatever the page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 14 }),
        query,
        fc.integer({ min: 1, max: 5 }),
        async (records, text, size) => {
          const { store, images } = await storeOf(records);
          const node = parseQuery(text);
          const expected = images.filter((image) => accepts(node, image)).map(({ file }) => file.path);
          const found: string[] = [];
          const places: (readonly [number, number])[] = [];
          let cursor = '';
          do {
            const page = searchByQuery(store.db, { query: text, size, cursor });
            found.push(...page.items.map(({ path }) => path));
            places.push(...page.items.map(({ modifiedTime, id }) => [modifiedTime, id] as const));
            cursor = page.next;
          } while (cursor !== '');
          store.db.close();
          expect(found.toSorted()).toEqual(expected.toSorted());
          expect(places).toEqual(places.toSorted((a, b) => b[0] - a[0] || b[1] - a[1]));
        },
      ),
      { numRuns: 250 },
    );
  });

  it('gives what a filter and a sort give in every order, whether it goes along the order or sorts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 14 }),
        query,
        fc.constantFrom(...querySorts),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.constantFrom(0, 20_000), { minLength: 1, maxLength: 3 }),
        async (records, text, sort, size, ways) => {
          const { store, images } = await storeOf(records);
          const node = parseQuery(text);
          const matching = images.filter((image) => accepts(node, image));
          const found: MadeUpImage[] = [];
          const ids = new Map<MadeUpImage, number>();
          let cursor = '';
          for (let turn = 0; turn === 0 || cursor !== ''; turn += 1) {
            const page = searchByQuery(
              store.db,
              { query: text, sort, size, cursor },
              ways[turn % ways.length],
            );
            for (const { path, id } of page.items) {
              const image = images.find(({ file }) => file.path === path);
              if (image === undefined) throw new Error(path);
              found.push(image);
              ids.set(image, id);
            }
            cursor = page.next;
          }
          store.db.close();
          expect(new Set(found)).toEqual(new Set(matching));
          expect(found).toHaveLength(matching.length);
          if (sort === 'random') return;
          const idOf = (image: MadeUpImage): number => ids.get(image) ?? 0;
          const key = {
            newest: ({ file }: MadeUpImage) => -file.modified,
            oldest: ({ file }: MadeUpImage) => file.modified,
            largest: ({ file }: MadeUpImage) => -file.bytes,
            smallest: ({ file }: MadeUpImage) => file.bytes,
            rating: ({ rating }: MadeUpImage) => -rating,
            name: ({ file }: MadeUpImage) => foldText(baseName(file.path)),
          }[sort];
          const isDown = sort === 'newest' || sort === 'largest' || sort === 'rating';
          const sorted = matching.toSorted((a, b) => {
            if (key(a) !== key(b)) return key(a) < key(b) ? -1 : 1;
            return isDown ? idOf(b) - idOf(a) : idOf(a) - idOf(b);
          });
          expect(found.map(({ file }) => file.path)).toEqual(sorted.map(({ file }) => file.path));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('shuffles by tags without repeats, whether it goes along the order or shuffles all', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 14 }),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.constantFrom(0, 20_000), { minLength: 1, maxLength: 3 }),
        fc.option(fc.subarray(['/p/a', '/p/ab', '/q']), { nil: undefined }),
        async (records, size, ways, folders) => {
          const { store, images } = await storeOf(records);
          const wanted = tagNames[0];
          const id = store.names.tag(wanted ?? { type: '', name: '' });
          const found: string[] = [];
          let cursor = '';
          for (let turn = 0; turn === 0 || cursor !== ''; turn += 1) {
            const page = searchByTags(
              store.db,
              { and: [id], or: [], not: [], random: true, cursor, size, ...(folders && { folders }) },
              ways[turn % ways.length] ?? 0,
            );
            found.push(...page.items.map(({ path }) => path));
            cursor = page.next;
          }
          store.db.close();
          const expected = images.filter(
            ({ tags, file }) =>
              wanted !== undefined &&
              tags.includes(wanted) &&
              (folders ?? ['']).some((folder) => file.path.startsWith(`${folder}/`)),
          );
          expect(found.toSorted()).toEqual(expected.map(({ file }) => file.path).toSorted());
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('compileQuery', () => {
  it('depends on its arguments alone, and binds every text', () => {
    const compiled = compileQuery(parseQuery('fox -steps>20 lora:ink'), { tagIds: () => [3, 5] });
    const fox = containsText('fox');
    expect(compiled).toEqual({
      where: `(${fox.where} AND NOT coalesce(m.steps > ?, 0) AND EXISTS (SELECT 1 FROM image_tag t WHERE t.image_id = m.image_id AND t.tag_id IN (3, 5)))`,
      parameters: [...fox.parameters, 20],
      required: ['fox'],
      requiredTags: [[3, 5]],
    });
    expect(fox.parameters).toEqual(['%fox%', '%fox%', 'fox', 'fox']);
  });
});

describe('parseQuery', () => {
  it.each([
    ['(fox', 0],
    ['fox)', 3],
    ['fox OR', 4],
    ['OR fox', 0],
    ['a ()', 3],
    ['"fox', 0],
    ['steps:abc', 0],
    ['a steps>', 2],
    ['type:painting', 0],
    ['has:wings', 0],
    ['model>x', 0],
    ['date:2024-13', 0],
    ['date:2024-02-31', 0],
    ['steps>1..2', 0],
    ['('.repeat(60), 50],
  ])('refuses %s', (text, position) => {
    expect(() => parseQuery(text)).toThrow(
      expect.objectContaining({ code: 'invalid-query', details: { position } }),
    );
  });

  it.each([
    ['(holding_flower:1.2)', { kind: 'text', text: 'holding_flower:1.2' }],
    ['score:9', { kind: 'text', text: 'score:9' }],
    ['"a \\"b\\" (c)"', { kind: 'text', text: 'a "b" (c)' }],
    ['-', { kind: 'text', text: '-' }],
    ['well-lit', { kind: 'text', text: 'well-lit' }],
    ['', { kind: 'and', nodes: [] }],
    ['type:VIDEO', { kind: 'type', media: mediaTypes.indexOf('video') }],
    ['size:1.5mb..', { kind: 'number', field: 'size', range: { atLeast: 1.5 * 1024 ** 2 } }],
  ])('understands %s', (text, expected) => {
    expect(parseQuery(text)).toEqual(expected);
  });
});
