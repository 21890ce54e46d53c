import fc from 'fast-check';
import type { ScannedFile } from '@iib-kit/catalog/scan';
import { addSqlFunctions } from '../../src/sqlite/connection/sql-functions.ts';
import { writeBatch } from '../../src/sqlite/write/images/write-batch.ts';
import { openWriterStore, type WriterStore } from '../../src/sqlite/write/writer-store.ts';

export const tagNames = [
  { type: 'custom', name: 'like' },
  { type: 'pos', name: 'red fox' },
  { type: 'Model', name: 'juggernautXL_v9' },
  { type: 'Sampler', name: 'Euler a' },
  { type: 'lora', name: 'Ink' },
  { type: 'lyco', name: 'ink wash' },
  { type: 'Source Identifier', name: 'ComfyUI' },
];
const words = ['red', 'Fox', 'foxes', 'НОЧЬ', '猫', '100%', 'a_b', 'x'];

/** Images of few kinds, so that queries find some and many share a time. */
export const record = fc
  .record({
    folder: fc.constantFrom('/p/a', '/p/ab', '/p/a/b'),
    name: fc.constantFrom('Fox.png', 'hen.PNG', '猫.webp'),
    text: fc.array(fc.constantFrom(...words), { maxLength: 4 }).map((list) => list.join(', ')),
    bytes: fc.integer({ min: 1, max: 5000 }),
    // Few values, so that many images share a time.
    modified: fc.integer({ min: 0, max: 4 }).map((day) => Date.UTC(2024, 0, 1 + day, 12) * 1000),
    media: fc.constantFrom(0, 1, 2),
    width: fc.option(fc.constantFrom(512, 832), { nil: undefined }),
    seed: fc.option(fc.constantFrom('7', '42', '18446744073709551615'), { nil: undefined }),
    steps: fc.option(fc.integer({ min: 10, max: 30 }), { nil: undefined }),
    rating: fc.integer({ min: 0, max: 5 }),
    note: fc.constantFrom('', 'To do'),
    tags: fc.subarray(tagNames),
  })
  .map(({ folder, name, rating, note, tags, width, seed, steps, ...rest }) => ({
    folder,
    name,
    rating,
    note,
    tags,
    rest: { ...rest, ...(width && { width }), ...(seed && { seed }), ...(steps && { steps }) },
  }));

const queryWord = fc.constantFrom(
  'red',
  'FOX',
  '"red, fox"',
  'ночь',
  '猫',
  '%',
  'a_b',
  'x',
  'model:jugger',
  'model="JuggernautXL_v9"',
  'lora:ink',
  'lora=ink',
  'tag:fox',
  'tag:nothing',
  'sampler:"euler a"',
  'source:comfy',
  'steps>20',
  'steps:15..25',
  'steps<=12',
  'seed:42',
  'width=512',
  'height>1',
  'size>2kb',
  'size<1000',
  'rating>=4',
  'rating:0',
  'date:2024-01-02',
  'date>2024-01-03',
  'date<=2024-01-02',
  'date:2024',
  'date:..2024-01-01',
  'type:video',
  'has:note',
  'has:tag',
  'has:seed',
  'has:text',
  'has:rating',
  'folder:/p/a',
  'path:/p/ab',
  'name:fox',
  'name=hen.png',
  'note:do',
  'cfg>1',
  'generator:x',
);
/** Queries of every kind of condition. */
export const query: fc.Arbitrary<string> = fc.letrec<{ query: string; term: string }>((tie) => ({
  query: fc
    .array(tie('term'), { minLength: 1, maxLength: 3 })
    .chain((terms) =>
      fc
        .array(fc.constantFrom(' ', ' OR '), { minLength: terms.length, maxLength: terms.length })
        .map((signs) => terms.map((term, index) => (index === 0 ? term : `${signs[index]}${term}`)).join('')),
    ),
  term: fc.oneof(
    { maxDepth: 3 },
    queryWord,
    queryWord.map((word) => `-${word}`),
    tie('query').map((inner) => `(${inner})`),
    tie('query').map((inner) => `-(${inner})`),
  ),
})).query;

/** A store of such images, in two runs. */
export async function storeOf(
  records: readonly {
    folder: string;
    name: string;
    rating: number;
    note: string;
    tags: readonly { readonly type: string; readonly name: string }[];
    rest: object;
  }[],
): Promise<WriterStore> {
  const store = await openWriterStore(':memory:');
  addSqlFunctions(store.db);
  const files = records.map(
    ({ folder, name, tags, rest }, index) =>
      ({
        path: `${folder}/${index}-${name}`,
        folder,
        created: 0,
        fingerprint: index,
        tags: tags.map((tag) => tagNames.indexOf(tag)),
        ...rest,
      }) as unknown as ScannedFile,
  );
  // Two batches, the later not all newer, so that there are several runs.
  const half = Math.ceil(files.length / 2);
  for (const part of [files.slice(0, half), files.slice(half)])
    writeBatch(store, { files: part, failures: [], tags: tagNames });
  const mark = store.db.prepare('INSERT INTO image_mark SELECT id, ?, ? FROM image WHERE path = ?');
  for (const [index, { rating, note }] of records.entries())
    if (rating > 0 || note !== '') mark.run(rating, note, files[index]?.path);
  return store;
}
