import { expect, it } from 'vitest';
import { scannedFile } from '../../../../test/helpers/scanned-file.ts';
import { completions } from '../statistics/completions.ts';
import { isInside } from './folders.ts';
import { folderRange } from '@iib-kit/catalog/text';
import { searchByQuery } from './plan-query.ts';
import { searchBySubstring } from './plan-substring.ts';
import { similarImages } from '../vectors/similar-images.ts';
import { addSqlFunctions } from '../../connection/sql-functions.ts';
import { saveEmbeddings } from '../../write/embeddings.ts';
import { writeBatch } from '../../write/images/write-batch.ts';
import { openWriterStore } from '../../write/writer-store.ts';

// `.`, `/` and `0` follow each other in this order.
const inside = ['/p/fox/1.png', '/p/fox/deep/2.png'];
const beside = ['/p/fox.bak/3.png', '/p/fox0/4.png', '/p/fox0.png', '/p/fox.png', '/p/foxes/5.png'];

async function filled() {
  const store = await openWriterStore(':memory:');
  addSqlFunctions(store.db);
  const files = [...inside, ...beside].map((path, index) =>
    scannedFile(path, { modified: index, text: 'a hen' }),
  );
  writeBatch(store, { files, failures: [], tags: [] });
  return store;
}

const paths = (images: readonly { readonly path: string }[]) => images.map(({ path }) => path).toSorted();

it('takes in what is below a folder, and no sibling whose name begins alike', () => {
  const range = folderRange('/p/fox/');
  expect(range).toEqual({ from: '/p/fox/', to: '/p/fox0' });
  expect([...inside, ...beside].filter((path) => isInside([range], path))).toEqual(inside);
});

it('holds every search inside a folder', async () => {
  const { db } = await filled();
  const folders = ['/p/fox'];
  expect(paths(searchBySubstring(db, { folders }).items)).toEqual(inside);
  expect(paths(searchBySubstring(db, { folders, text: 'hen' }).items)).toEqual(inside);
  expect(paths(searchByQuery(db, { query: 'hen', folders }).items)).toEqual(inside);
  expect(paths(searchByQuery(db, { query: 'folder:/p/fox' }).items)).toEqual(inside);
});

it('completes to nothing outside of a folder', async () => {
  const { db } = await filled();
  expect(completions(db, { field: 'folder', text: '', inside: ['/p/fox'] })).toEqual([
    { name: '/p/fox', count: 2 },
    { name: '/p/fox/deep', count: 1 },
  ]);
});

it('holds similar images inside a folder', async () => {
  const store = await filled();
  const embeddings = [...inside, ...beside].map((path) => ({
    path,
    textHash: 'h',
    vector: Float32Array.of(1, 0),
  }));
  saveEmbeddings(store, 'm', embeddings);
  const asked = { model: 'm', vector: Float32Array.of(1, 0), count: 10, folders: ['/p/fox'] };
  expect(paths(similarImages(store.db, asked))).toEqual(inside);
});
