import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { compileQuery, containsText } from '../src/sqlite/read/search/compile-query.ts';
import { querySorts } from '@iib-kit/catalog';
import { parseQuery } from '@iib-kit/catalog/query';
import { searchByTags } from '../src/sqlite/read/search/plan-tags.ts';
import { searchByQuery } from '../src/sqlite/read/search/plan-query.ts';
import { query, record, storeOf, tagNames } from './helpers/made-up-records.ts';

/** How many images a page in an order looks into before it sorts all that match. */
const walks = fc.array(fc.constantFrom(0, 20_000), { minLength: 1, maxLength: 3 });

describe('a page in an order', () => {
  it('is the same whether it goes along the order or sorts, from page to page', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 14 }),
        query,
        fc.constantFrom(...querySorts.filter((sort) => sort !== 'newest')),
        fc.integer({ min: 1, max: 4 }),
        walks,
        async (records, text, sort, size, ways) => {
          const { db } = await storeOf(records);
          // A random order begins with a seed, which its first cursor has.
          const first = searchByQuery(db, { query: text, sort, size: 1 }, 0);
          const found = first.items.map(({ path }) => path);
          let { next: cursor } = first;
          const rest = cursor === '' ? [] : searchByQuery(db, { query: text, sort, cursor }, 0).items;
          const expected = [...found, ...rest.map(({ path }) => path)];
          for (let turn = 0; cursor !== ''; turn += 1) {
            const page = searchByQuery(db, { query: text, sort, size, cursor }, ways[turn % ways.length]);
            found.push(...page.items.map(({ path }) => path));
            cursor = page.next;
          }
          db.close();
          expect(found).toEqual(expected);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('of a tag is the same whether it goes along the order or shuffles all', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 14 }),
        fc.integer({ min: 1, max: 4 }),
        walks,
        fc.option(fc.subarray(['/p/a', '/p/ab', '/q']), { nil: undefined }),
        async (records, size, ways, folders) => {
          const { db, names } = await storeOf(records);
          const id = names.tag(tagNames[0] ?? { type: '', name: '' });
          const asked = { and: [id], or: [], not: [], random: true, ...(folders && { folders }) };
          const first = searchByTags(db, { ...asked, size: 1 }, 0);
          const found = first.items.map(({ path }) => path);
          let { next: cursor } = first;
          const rest = cursor === '' ? [] : searchByTags(db, { ...asked, cursor }, 0).items;
          const expected = [...found, ...rest.map(({ path }) => path)];
          for (let turn = 0; cursor !== ''; turn += 1) {
            const page = searchByTags(db, { ...asked, cursor, size }, ways[turn % ways.length] ?? 0);
            found.push(...page.items.map(({ path }) => path));
            cursor = page.next;
          }
          db.close();
          expect(found).toEqual(expected);
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
