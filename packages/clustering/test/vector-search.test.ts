import { openVectorSearch, VectorSet, type VectorSearch } from '@iib-kit/clustering';
import { afterEach, expect, test } from 'vitest';

const opened: VectorSearch[] = [];
afterEach(async () => {
  for (const search of opened.splice(0)) await search.close();
});

function open(method?: 'fast' | 'exact'): VectorSearch {
  const search = openVectorSearch(
    VectorSet.of([
      [3, 0],
      [0, 2],
      [1, 1],
    ]),
    method ? { method } : {},
  );
  opened.push(search);
  return search;
}

test.each(['fast', 'exact'] as const)(
  'the %s search takes queries of any length, several at once',
  async (method) => {
    const search = open(method);
    const [right, up] = await Promise.all([search.search([10, 0]), search.search([0, 0.1], { topK: 1 })]);
    expect(right).toEqual([
      { index: 0, score: 1 },
      { index: 2, score: expect.closeTo(Math.SQRT1_2, 5) },
      { index: 1, score: 0 },
    ]);
    expect(up).toEqual([{ index: 1, score: 1 }]);
  },
);

test('queries that do not fit are refused by code', async () => {
  const search = open();
  await expect(search.search([1, 0, 0])).rejects.toMatchObject({ code: 'dimension-mismatch' });
  await expect(search.search([0, 0])).rejects.toMatchObject({ code: 'invalid-vector' });
  expect(await search.search([1, 0], { topK: 1 })).toEqual([{ index: 0, score: 1 }]);
});

test('wrong options are refused by name', async () => {
  const search = open();
  await expect(search.search([1, 0], { topK: 0 })).rejects.toThrow(/^topK must be/);
  await expect(search.search([1, 0], { minScore: 2 })).rejects.toThrow(/^minScore must be/);
  expect(() => open('slow' as 'fast')).toThrow(/^method must be one of fast, exact/);
});

test('after closing, and for what was asked before, the search is closed', async () => {
  const search = open();
  const asked = search.search([1, 0]);
  await Promise.all([expect(asked).rejects.toMatchObject({ code: 'closed' }), search.close()]);
  await expect(search.search([1, 0])).rejects.toMatchObject({ code: 'closed' });
});

test('a search is given up with the reason of its signal, the next one is answered', async () => {
  const search = open();
  const controller = new AbortController();
  const asked = search.search([1, 0], { signal: controller.signal });
  controller.abort(new Error('enough'));
  await expect(asked).rejects.toThrow('enough');
  expect((await search.search([0, 1], { topK: 1 }))[0]?.index).toBe(1);
});
