/* oxlint-disable no-console -- a benchmark prints its figures */
// Searches over made-up rows: node bench/dist/search.js 1000000 [folder for the database]
import { existsSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { completionFields, type LayoutQuery, querySorts } from '@iib-kit/catalog';
import { openIndex } from '@iib-kit/index-db';
import { openWriterStore } from '../src/sqlite/write/writer-store.ts';
import { writeBatch } from '../src/sqlite/write/images/write-batch.ts';
import { createRandom, makeUpLibrary } from './made-up-images.ts';
import { measure, print } from './measure.ts';

const count = Number(process.argv[2] ?? 20_000);
const folder = process.argv[3] ?? mkdtempSync(join(tmpdir(), 'index-db-bench-'));
const path = join(folder, `search-${count}.db`);
const library = makeUpLibrary(7);

async function fill(): Promise<void> {
  const store = await openWriterStore(path);
  const start = performance.now();
  for (const batch of library.batches(count)) writeBatch(store, batch);
  const seconds = (performance.now() - start) / 1000;
  console.log(`written: ${Math.round(count / seconds)} rows/s, making them up included`);
  store.db.pragma('optimize');
  store.db.pragma('wal_checkpoint(TRUNCATE)');
  store.db.close();
}

if (!existsSync(path)) await fill();
console.log(`${count} images, ${Math.round(statSync(path).size / count)} bytes each in ${path}`);
if (process.env['FILL_ONLY'] !== undefined) process.exit(0);
const index = await openIndex({ path });
const random = createRandom(99);
const anyWord = (from: number, to: number): string =>
  library.vocabulary[from + Math.floor(random() * (to - from))] ?? '';

console.log(
  `${'milliseconds'.padEnd(44)}${'p50'.padStart(9)}${'p99'.padStart(9)}${'worst'.padStart(9)}  goal at a million`,
);
await index.searchBySubstring({});
print('first page of everything', await measure(100, () => index.searchBySubstring({})), '3');
let cursor = '';
for (let page = 0; page < Math.min(1000, count / 200 - 2); page += 1)
  cursor = (await index.searchBySubstring({ cursor })).next;
print(
  'page 1,000 of everything',
  await measure(100, () => index.searchBySubstring({ cursor })),
  'like page 1',
);
const needles: readonly (readonly [string, () => string])[] = [
  ['a frequent word (rank 1-100)', () => anyWord(0, 100)],
  ['a word of rank 100-2,000', () => anyWord(100, 2000)],
  ['a rare word (rank 2,000-20,000)', () => anyWord(2000, 20_000)],
  ['two words of rank 1-300', () => `${anyWord(0, 300)} ${anyWord(0, 300)}`],
  ['two words, any rank', () => `${anyWord(0, 20_000)}, ${anyWord(0, 20_000)}`],
  ['the middle of a word', () => anyWord(0, 20_000).slice(1, 5)],
  ['a seed', () => String(Math.floor(random() * 2 ** 32))],
  ['two letters', () => anyWord(0, 20_000).slice(0, 2)],
];
for (const [name, needle] of needles) {
  print(
    `substring: ${name}`,
    await measure(200, () => index.searchBySubstring({ text: needle() })),
    'p50 5, p99 25',
  );
}
const { tags } = await index.basicInfo();
const byUse = tags.filter(({ type }) => type === 'pos').sort((a, b) => b.count - a.count);
const tag = (to: number): number => byUse[Math.floor(random() * Math.min(to, byUse.length))]?.id ?? 1;
for (const [name, to] of [
  ['the 50 most used', 50],
  ['the 4,000 most used', 4000],
] as const) {
  const ask = () => index.searchByTags({ and: [tag(to), tag(to)], or: [], not: [tag(to)] });
  print(`tags: 2 and, 1 not, of ${name}`, await measure(200, ask), 'p50 10');
}
// The first starts the thread for what may take long.
await index.searchLayout({ query: 'steps>100' });
const layouts: readonly (readonly [string, () => LayoutQuery, string])[] = [
  ['everything', () => ({}), '500'],
  ['a frequent word', () => ({ query: anyWord(0, 100) }), '1,000'],
  ['a word without a tag', () => ({ query: `${anyWord(100, 2000)} -tag=${anyWord(0, 50)}` }), '1,000'],
  ['in the order of names', () => ({ sort: 'name' }), '1,000'],
];
await index.search({ sort: 'name' });
for (const [name, query, goal] of layouts) {
  print(`layout: ${name}`, await measure(10, () => index.searchLayout(query())), goal);
}
for (const field of completionFields) {
  await index.complete({ field, text: '' });
  const ask = () => index.complete({ field, text: anyWord(0, 2000).slice(0, 1 + Math.floor(random() * 4)) });
  print(`completions of the field ${field}`, await measure(40, ask), '100');
}
print('basicInfo', await measure(20, () => index.basicInfo()), '20');
for (const sort of querySorts) {
  // The first makes the index of the order where it needs one.
  await index.search({ sort });
  print(`search in the order ${sort}`, await measure(50, () => index.search({ sort })), '100');
}
print(
  'tags in shuffled order',
  await measure(50, () => index.searchByTags({ and: [tag(50)], or: [], not: [], random: true })),
  '100',
);
print('randomImages(128)', await measure(50, () => index.randomImages(128)), '10');
// The first starts the thread for expressions.
await index.searchBySubstring({ regexp: 'warm.up' });
print(
  'regexp with a literal',
  await measure(20, () => index.searchBySubstring({ regexp: `${anyWord(200, 2000)}\\s+\\w+` })),
  '50',
);
print(
  'regexp without, no match',
  await measure(2, () => index.searchBySubstring({ regexp: '^\\d{3}[xyz]{9}$' })),
  '4,000',
);
console.log(`memory: ${Math.round(process.memoryUsage.rss() / 1e6)} MB resident`);
await index.close();
