import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { compileQuery } from '../src/query/compile-query.ts';
import { parseQuery } from '../src/query/parse-query.ts';
import type { QueryNode } from '../src/query/query-node.ts';
import { baseName } from '../src/query/sql-functions.ts';
import type { ScannedFile } from '../src/scan/scanned-file.ts';
import { foldText } from '../src/search/fold-text.ts';
import { folderRange } from '../src/search/folder-range.ts';
import { randomPage } from '../src/search/random-page.ts';
import { searchByQuery } from '../src/search/search-by-query.ts';
import { addSqlFunctions } from '../src/query/sql-functions.ts';
import { tagToken } from '../src/store/search-documents.ts';
import { writeBatch } from '../src/store/write-batch.ts';
import { openWriterStore, type WriterStore } from '../src/store/writer-store.ts';
import { mediaTypes, querySorts } from '../src/image-index.ts';

interface Record {
  readonly file: ScannedFile;
  readonly rating: number;
  readonly note: string;
  readonly tags: readonly { readonly type: string; readonly name: string }[];
}

const tagNames = [
  { type: 'custom', name: 'like' },
  { type: 'pos', name: 'red fox' },
  { type: 'Model', name: 'juggernautXL_v9' },
  { type: 'Sampler', name: 'Euler a' },
  { type: 'lora', name: 'Ink' },
  { type: 'lyco', name: 'ink wash' },
  { type: 'Source Identifier', name: 'ComfyUI' },
];
const words = ['red', 'Fox', 'foxes', 'НОЧЬ', '猫', '100%', 'a_b', 'x'];

const record = fc
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
const query: fc.Arbitrary<string> = fc.letrec<{ query: string; term: string }>((tie) => ({
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

const within = (
  value: number | undefined,
  { atLeast = -Infinity, above = -Infinity, atMost = Infinity, below = Infinity },
) => value !== undefined && value >= atLeast && value > above && value <= atMost && value < below;

/** The same question asked of plain objects. */
function accepts(node: QueryNode, image: Record): boolean {
  const { file, rating, note, tags } = image;
  switch (node.kind) {
    case 'and':
      return node.nodes.every((inner) => accepts(inner, image));
    case 'or':
      return node.nodes.some((inner) => accepts(inner, image));
    case 'not':
      return !accepts(node.node, image);
    case 'text':
      return [file.path, file.text].some((text) => foldText(text).includes(foldText(node.text)));
    case 'number': {
      const seed =
        Number.isSafeInteger(Number(file.seed)) && file.seed !== undefined ? Number(file.seed) : undefined;
      const values = {
        steps: file.steps,
        cfg: file.cfgScale,
        seed,
        width: file.width,
        height: file.height,
        size: file.bytes,
        rating,
      };
      return within(values[node.field], node.range);
    }
    case 'date':
      return within(file.modified, node.range);
    case 'field': {
      const values = { path: file.path, name: baseName(file.path), note, generator: file.generator ?? '' };
      const value = foldText(values[node.field]);
      return node.isWhole
        ? value === foldText(node.text)
        : value.includes(foldText(node.text)) && (node.field !== 'generator' || file.generator !== undefined);
    }
    case 'tag': {
      const types = {
        tag: undefined,
        model: ['Model'],
        sampler: ['Sampler'],
        lora: ['lora', 'lyco'],
        source: ['Source Identifier'],
      }[node.field];
      return tags.some(
        ({ type, name }) =>
          (types === undefined || types.includes(type)) &&
          (node.isWhole
            ? foldText(name) === foldText(node.text)
            : foldText(name).includes(foldText(node.text))),
      );
    }
    case 'folder': {
      const { from, to } = folderRange(node.path);
      return file.path >= from && file.path < to;
    }
    case 'type':
      return file.media === node.media;
    case 'has':
      return {
        text: file.text !== '',
        seed: file.seed !== undefined,
        rating: rating > 0,
        note: note !== '',
        tag: tags.some(({ type }) => type === 'custom'),
      }[node.what];
    default:
      return node satisfies never;
  }
}

async function storeOf(
  records: readonly {
    folder: string;
    name: string;
    rating: number;
    note: string;
    tags: Record['tags'];
    rest: object;
  }[],
): Promise<{ store: WriterStore; images: Record[] }> {
  const store = await openWriterStore(':memory:');
  addSqlFunctions(store.db);
  const images = records.map(({ folder, name, rating, note, tags, rest }, index): Record => ({
    rating,
    note,
    tags,
    file: {
      path: `${folder}/${index}-${name}`,
      folder,
      created: 0,
      fingerprint: index,
      tags: tags.map((tag) => tagNames.indexOf(tag)),
      ...rest,
    } as unknown as ScannedFile,
  }));
  // Two batches, the later not all newer, so that there are several runs.
  const half = Math.ceil(images.length / 2);
  for (const part of [images.slice(0, half), images.slice(half)])
    writeBatch(store, { files: part.map(({ file }) => file), failures: [], tags: tagNames });
  const mark = store.db.prepare('INSERT INTO image_mark SELECT id, ?, ? FROM image WHERE path = ?');
  for (const { rating, note, file } of images)
    if (rating > 0 || note !== '') mark.run(rating, note, file.path);
  return { store, images };
}

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
          const found: Record[] = [];
          const ids = new Map<Record, number>();
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
          const idOf = (image: Record): number => ids.get(image) ?? 0;
          const key = {
            newest: ({ file }: Record) => -file.modified,
            oldest: ({ file }: Record) => file.modified,
            largest: ({ file }: Record) => -file.bytes,
            smallest: ({ file }: Record) => file.bytes,
            rating: ({ rating }: Record) => -rating,
            name: ({ file }: Record) => foldText(baseName(file.path)),
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
        async (records, size, ways) => {
          const { store, images } = await storeOf(records);
          const wanted = tagNames[0];
          const id = store.names.tag(wanted ?? { type: '', name: '' });
          const has = store.db.prepare('SELECT 1 FROM image_tag WHERE image_id = ? AND tag_id = ?');
          const found: string[] = [];
          let cursor = '';
          for (let turn = 0; turn === 0 || cursor !== ''; turn += 1) {
            const page = randomPage(store.db, {
              match: `"${tagToken(id)}"`,
              matches: (image) => has.get(image, id) !== undefined,
              accepts: () => true,
              cursor,
              size,
              mostWalked: ways[turn % ways.length] ?? 0,
            });
            found.push(...page.items.map(({ path }) => path));
            cursor = page.next;
          }
          store.db.close();
          const expected = images.filter(({ tags }) => wanted !== undefined && tags.includes(wanted));
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
    expect(compiled).toEqual({
      where:
        '((contains_folded(i.path, ?) OR contains_folded(i.exif, ?)) AND NOT coalesce(m.steps > ?, 0) AND EXISTS (SELECT 1 FROM image_tag t WHERE t.image_id = m.image_id AND t.tag_id IN (3, 5)))',
      parameters: ['fox', 'fox', 20],
      required: ['fox'],
      requiredTags: [[3, 5]],
    });
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
