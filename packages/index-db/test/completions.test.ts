import { describe, expect, it } from 'vitest';
import { completions } from '../src/sqlite/read/statistics/completions.ts';
import { addSqlFunctions } from '../src/sqlite/connection/sql-functions.ts';
import type { ScannedFile, TagName } from '@iib-kit/catalog/scan';
import { openWriterStore } from '../src/sqlite/write/writer-store.ts';
import { writeBatch } from '../src/sqlite/write/images/write-batch.ts';

const tags: TagName[] = [
  { type: 'pos', name: 'red fox' },
  { type: 'pos', name: 'Foxglove' },
  { type: 'pos', name: '100%' },
  { type: 'pos', name: '100x' },
  { type: 'lora', name: 'fox' },
  { type: 'lyco', name: 'fox' },
  { type: 'Model', name: 'foxMix' },
  { type: 'pos', name: '\u00c4ffchen' },
  { type: 'pos', name: 'kleines \u00e4ffchen' },
  { type: 'Source Identifier', name: 'ComfyUI' },
  { type: 'Sampler', name: 'Euler a' },
];

async function storeOf(files: readonly { path: string; tags: readonly string[]; generator?: string }[]) {
  const store = await openWriterStore(':memory:');
  addSqlFunctions(store.db);
  const written = files.map(({ path, tags: names, generator }, at) => ({
    path,
    folder: path.slice(0, path.lastIndexOf('/')),
    bytes: 1,
    modified: at,
    created: at,
    media: 0,
    fingerprint: at,
    text: '',
    tags: tags.flatMap(({ name }, tag) => (names.includes(name) ? [tag] : [])),
    ...(generator !== undefined && { generator }),
  })) as unknown as ScannedFile[];
  writeBatch(store, { files: written, failures: [], tags });
  return store.db;
}

const library = [
  { path: '/p/fox/1.png', tags: ['red fox', 'fox', '100%', 'foxMix'], generator: 'comfyui' },
  {
    path: '/p/fox/2.png',
    tags: ['red fox', 'Foxglove', '100x', '\u00c4ffchen', 'ComfyUI'],
    generator: 'comfyui',
  },
  { path: '/p/fox/deep/3.png', tags: ['red fox', 'kleines \u00e4ffchen', 'Euler a'], generator: 'Fooocus' },
  { path: '/p/other-fox/4.png', tags: ['kleines \u00e4ffchen'] },
  { path: '/q/5.png', tags: [] },
];

describe('completions', () => {
  it('gives what begins with the text, then what contains it, most used first', async () => {
    const db = await storeOf(library);
    expect(completions(db, { field: 'tag', text: 'FOX' })).toEqual([
      { name: 'fox', count: 2 },
      { name: 'Foxglove', count: 1 },
      { name: 'foxMix', count: 1 },
      { name: 'red fox', count: 3 },
    ]);
    expect(completions(db, { field: 'tag', text: 'fox', limit: 1 })).toEqual([{ name: 'fox', count: 2 }]);
    expect(completions(db, { field: 'tag', text: '', limit: 2 })).toEqual([
      { name: 'red fox', count: 3 },
      { name: 'fox', count: 2 },
    ]);
  });

  it('keeps to the tags of the field, and takes signs and other scripts as they are', async () => {
    const db = await storeOf(library);
    const names = (field: 'tag' | 'model' | 'lora' | 'sampler' | 'source', text: string) =>
      completions(db, { field, text }).map(({ name }) => name);
    expect(names('model', 'fox')).toEqual(['foxMix']);
    expect(completions(db, { field: 'lora', text: 'f' })).toEqual([{ name: 'fox', count: 2 }]);
    expect([names('sampler', 'eu'), names('source', 'ui')]).toEqual([['Euler a'], ['ComfyUI']]);
    expect(names('tag', '100%')).toEqual(['100%']);
    expect(names('tag', '\u00e4FF')).toEqual(['\u00c4ffchen', 'kleines \u00e4ffchen']);
  });

  it('counts folders at any depth, by path or name, inside of what may be seen', async () => {
    const db = await storeOf(library);
    expect(completions(db, { field: 'folder', text: 'fox', inside: ['/p'] })).toEqual([
      { name: '/p/fox', count: 3 },
      { name: '/p/fox/deep', count: 1 },
      { name: '/p/other-fox', count: 1 },
    ]);
    expect(completions(db, { field: 'folder', text: '/P', inside: ['/p'] })[0]).toEqual({
      name: '/p',
      count: 4,
    });
    expect(completions(db, { field: 'folder', text: '', inside: ['/q'] })).toEqual([
      { name: '/q', count: 1 },
    ]);
    expect(completions(db, { field: 'folder', text: 'q' })).toEqual([{ name: '/q', count: 1 }]);
  });

  it('counts generators', async () => {
    const db = await storeOf(library);
    expect(completions(db, { field: 'generator', text: '' })).toEqual([
      { name: 'comfyui', count: 2 },
      { name: 'Fooocus', count: 1 },
    ]);
    expect(completions(db, { field: 'generator', text: 'foo' })).toEqual([{ name: 'Fooocus', count: 1 }]);
  });
});
