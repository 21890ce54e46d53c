import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { searchLayout } from '../src/sqlite/read/search/search-layout.ts';
import { storeOf } from './helpers/made-up-records.ts';
import { temporaryLibrary } from './helpers/temporary-library.ts';

describe('searchLayout', () => {
  it('leaves out images that another program took away, before that is noticed', async () => {
    const plain = { rating: 0, note: '', tags: [], folder: '/p' };
    const records = [0, 1, 2].map((at) => ({
      ...plain,
      name: `${at}.png`,
      rest: { text: at === 1 ? 'tea' : 'fox', bytes: 1, modified: at, media: 0 },
    }));
    const store = await storeOf(records);
    const counts = () =>
      ['', 'fox', '-fox'].map((text) => searchLayout(store.db, { query: text, folders: ['/p'] }).matches);
    expect(counts()).toEqual([3, 2, 1]);
    store.db.exec(`DELETE FROM image_tag; DELETE FROM image WHERE path LIKE '%0.png'`);
    expect(counts()).toEqual([2, 1, 1]);
    store.db.close();
  });

  it('is given up as one types on without a new thread for each question', async () => {
    const library = temporaryLibrary();
    for (let number = 0; number < 400; number += 1) {
      library.picture(`${number}.png`, `a fox number ${number}`, 1_700_000_000 + number, number);
    }
    const index = await library.open();
    await index.update([library.root]);
    await index.searchLayout({ query: 'fox' });
    const threadsNow = () => (process.platform === 'linux' ? readdirSync('/proc/self/task') : []);
    const before = new Set(threadsNow());
    const started = new Set<string>();
    for (let round = 0; round < 40; round += 1) {
      const typing = new AbortController();
      const answer = index.searchLayout({ query: 'o' }, { signal: typing.signal });
      await new Promise((resolve) => setTimeout(resolve, round % 4));
      typing.abort(new Error('typed on'));
      await answer.then(
        ({ matches }) => expect(matches).toBe(400),
        (error: unknown) => expect(error).toMatchObject({ message: 'typed on' }),
      );
      for (const thread of threadsNow()) if (!before.has(thread)) started.add(thread);
    }
    expect(await index.searchLayout({ query: 'fox' })).toMatchObject({ matches: 400 });
    // Beside the one that was there, some for what comes while others notice; not one for each question.
    expect(started.size).toBeLessThan(20);
  });
});
