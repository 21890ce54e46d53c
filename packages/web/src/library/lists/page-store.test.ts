import type { Client } from '@iib-kit/client/browser';
import type { IndexedFileInfo } from '@iib-kit/contract';
import { expect, test } from 'vitest';

import { PageStore } from './page-store.ts';

const page = { cursor: 'one', count: 1 };

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
  return { store, asked, shown: () => store.peek(page)?.map(({ fullpath }) => fullpath) };
}

const settled = () => new Promise<void>((resolve) => setTimeout(resolve));
const isOld = ({ fullpath }: IndexedFileInfo) => fullpath === 'old';

test('a page that changes while it is fetched is shown, and fetched once more', async () => {
  const { store, asked, shown } = storeOf();
  store.request([page]);
  store.forget(isOld);
  await asked[0]?.answer('old');
  expect([asked.length, shown()]).toEqual([2, ['old']]);
  await asked[1]?.answer('new');
  expect([asked.length, shown()]).toEqual([2, ['new']]);
});

test('a page that is refreshed stays until the answer arrives', async () => {
  const { store, asked, shown } = storeOf();
  store.put(page, [{ fullpath: 'old' } as IndexedFileInfo]);
  store.refresh([page]);
  expect(shown()).toEqual(['old']);
  await asked[0]?.answer('new');
  expect([asked.length, shown()]).toEqual([1, ['new']]);
});

test('a refresh that is cancelled, because other pages are requested, leaves nothing old cached', async () => {
  const { store, asked, shown } = storeOf();
  store.put(page, [{ fullpath: 'old' } as IndexedFileInfo]);
  store.refresh([page]);
  store.request([{ cursor: 'two', count: 1 }]);
  await settled();
  expect([asked[0]?.signal.aborted, shown()]).toEqual([true, undefined]);
  store.request([page]);
  await asked.at(-1)?.answer('new');
  expect([asked.map(({ cursor }) => cursor), shown()]).toEqual([['one', 'two', 'one'], ['new']]);
});
