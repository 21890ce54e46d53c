import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { entries } from './helpers/entries.ts';
import { all, failure } from './helpers/failure.ts';
import { serve } from './helpers/servers.ts';

/** Serves pages of numbered groups; the cursor is where the next begins. */
async function serveGroups(total: number, size: number, next = (from: number) => String(from)) {
  const asked: (string | null)[] = [];
  const origin = await serve((request, response) => {
    const query = new URL(request.url ?? '', 'http://a').searchParams;
    asked.push(query.get('cursor'));
    const from = Number(query.get('cursor') ?? 0);
    const seeds = Array.from({ length: Math.min(size, total - from) }, (_, i) => String(from + i));
    const has_next = from + size < total;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        directory: query.get('directory') ?? '',
        image_count: total,
        groups: seeds.map((seed) => ({ first_seed: seed, last_seed: seed, count: 0, images: [] })),
        without_seed: [],
        cursor: { has_next, next: has_next ? next(from + size) : '' },
      }),
    );
  });
  return { origin, asked };
}

describe.each(entries)('the client for %s', (_, createClient) => {
  test('gives every item once, in order, whatever the size of pages', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(40), fc.integer({ min: 1, max: 12 }), async (total, size) => {
        const { origin } = await serveGroups(total, size);
        const pages = createClient({ baseUrl: origin }).seedGroups.groups.pages({ directory: 'a' });
        const numbers = Array.from({ length: total }, (__, i) => String(i));
        expect((await all(pages)).map((group) => group.first_seed)).toEqual(numbers);
        const byPage = await all(pages.byPage());
        expect(byPage.flatMap((page) => page.groups.map((group) => group.first_seed))).toEqual(numbers);
        expect(byPage.every((page) => page.directory === 'a')).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  test('asks for a page only when it is needed, and begins where the input says', async () => {
    const { origin, asked } = await serveGroups(100, 10);
    const { groups } = createClient({ baseUrl: origin }).seedGroups;
    const seeds: string[] = [];
    for await (const { first_seed } of groups.pages({ cursor: '50' })) {
      seeds.push(first_seed);
      if (seeds.length === 15) break;
    }
    expect([seeds[0], seeds.at(-1), asked]).toEqual(['50', '64', ['50', '60']]);
  });

  test('stops with the reason of an abort, within a page too', async () => {
    const { origin, asked } = await serveGroups(100, 10);
    const stop = new AbortController();
    const { groups } = createClient({ baseUrl: origin }).seedGroups;
    const seeds: string[] = [];
    const reading = (async () => {
      for await (const { first_seed } of groups.pages({}, { signal: stop.signal })) {
        seeds.push(first_seed);
        if (seeds.length === 12) stop.abort('enough');
      }
    })();
    expect(await failure(reading)).toBe('enough');
    expect([seeds.length, asked]).toEqual([12, ['', '10']]);
  });

  test('does not follow a server that leads in a circle', async () => {
    const { origin, asked } = await serveGroups(100, 10, (from) => String(from % 30));
    const pages = createClient({ baseUrl: origin }).seedGroups.groups.pages({ cursor: '0' });
    expect(await failure(all(pages))).toMatchObject({ code: 'unexpected-shape' });
    expect(asked).toEqual(['0', '10', '20']);
  });

  test('refuses a size of 0, of which pages would never end', () => {
    const client = createClient({ baseUrl: 'http://127.0.0.1' });
    expect(() => client.search.byQuery.pages({ size: 0 })).toThrow(RangeError);
  });
});
