import type { Client } from '@iib-kit/client/browser';
import type { IndexedFileInfo } from '@iib-kit/contract';
import { expect, test } from 'vitest';

import { PageStore } from './page-store.ts';

const place = { cursor: 'one', count: 1 };

/** A store, and what it asked a server that answers when it is let. */
function storeOf() {
  const asked: { cursor: string; signal: AbortSignal; answer: (name: string) => Promise<void> }[] = [];
  const byQuery = ({ cursor }: { cursor: string }, { signal }: { signal: AbortSignal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      const answer = (name: string) => {
        resolve({ files: [{ fullpath: name }] });
        return settled();
      };
      asked.push({ cursor, signal, answer });
    });
  const client = { search: { byQuery } } as unknown as Client;
  const store = new PageStore(client, { query: '', folderPaths: [], sort: 'newest' }, (error) =>
    expect.unreachable(String(error)),
  );
  return { store, asked, shown: () => store.peek(place)?.map(({ fullpath }) => fullpath) };
}

const settled = () => new Promise<void>((resolve) => setTimeout(resolve));
const isOld = ({ fullpath }: IndexedFileInfo) => fullpath === 'old';

test('a block that changes while it is under way is shown, and fetched once more', async () => {
  const { store, asked, shown } = storeOf();
  store.want([place]);
  store.forget(isOld);
  await asked[0]?.answer('old');
  expect([asked.length, shown()]).toEqual([2, ['old']]);
  await asked[1]?.answer('new');
  expect([asked.length, shown()]).toEqual([2, ['new']]);
});

test('a block that is renewed stays until it came again', async () => {
  const { store, asked, shown } = storeOf();
  store.put(place, [{ fullpath: 'old' } as IndexedFileInfo]);
  store.renew([place]);
  expect(shown()).toEqual(['old']);
  await asked[0]?.answer('new');
  expect([asked.length, shown()]).toEqual([1, ['new']]);
});

test('a renewal that is given up, because other blocks are wanted, leaves nothing old at hand', async () => {
  const { store, asked, shown } = storeOf();
  store.put(place, [{ fullpath: 'old' } as IndexedFileInfo]);
  store.renew([place]);
  store.want([{ cursor: 'two', count: 1 }]);
  await settled();
  expect([asked[0]?.signal.aborted, shown()]).toEqual([true, undefined]);
  store.want([place]);
  await asked.at(-1)?.answer('new');
  expect([asked.map(({ cursor }) => cursor), shown()]).toEqual([['one', 'two', 'one'], ['new']]);
});
