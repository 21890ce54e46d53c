/* oxlint-disable no-console -- a benchmark prints its figures */
// An index to which old images come again and again, beside a new one of the same: node bench/dist/aging.js 100000 400 250 [folder]
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScannedFile, TagName } from '@iib-kit/catalog/scan';
import { openIndex, type SqliteIndex } from '@iib-kit/index-db';
import { writeBatch } from '../src/sqlite/write/images/write-batch.ts';
import { openWriterStore } from '../src/sqlite/write/writer-store.ts';
import { createRandom, makeUpLibrary } from './made-up-images.ts';

const [count = 20_000, updates = 100, filesAtOnce = 50] = process.argv.slice(2, 5).map(Number);
const folder = process.argv[5] ?? mkdtempSync(join(tmpdir(), 'index-db-aging-'));
const library = makeUpLibrary(7);
const random = createRandom(99);

interface Image {
  readonly file: ScannedFile;
  readonly tags: readonly TagName[];
}

function* images(): Generator<Image> {
  for (const { files, tags } of library.batches(count + updates * filesAtOnce)) {
    for (const file of files) yield { file, tags };
  }
}

type Store = Awaited<ReturnType<typeof openWriterStore>>;

function write(store: Store, batch: readonly Image[]): void {
  const names = new Map<string, number>();
  const tags: TagName[] = [];
  const files = batch.map(({ file, tags: own }) => {
    const positions = file.tags.map((at) => {
      const tag = own[at] as TagName;
      const key = `${tag.type} ${tag.name}`;
      const known = names.get(key) ?? tags.push(tag) - 1;
      names.set(key, known);
      return known;
    });
    return { ...file, tags: positions };
  });
  writeBatch(store, { files, failures: [], tags });
}

function close(store: Store): void {
  store.db.pragma('optimize');
  store.db.pragma('wal_checkpoint(TRUNCATE)');
  store.db.close();
}

/** All in the order of time, as a first scan writes them; and the late ones after the others, each update all over time. */
async function fill(): Promise<void> {
  const [fresh, aged] = [
    await openWriterStore(join(folder, 'fresh.db')),
    await openWriterStore(join(folder, 'aged.db')),
  ];
  const late: Image[] = [];
  const part = (updates * filesAtOnce) / (count + updates * filesAtOnce);
  let all: Image[] = [];
  let first: Image[] = [];
  for (const image of images()) {
    all.push(image);
    if (random() < part) late.push(image);
    else first.push(image);
    if (all.length === 1000) write(fresh, all.splice(0));
    if (first.length === 1000) write(aged, first.splice(0));
  }
  write(fresh, all);
  write(aged, first);
  for (let update = 0; update < updates; update += 1) {
    // Not in the order of time, but by chance.
    const batch = late.filter((_, at) => at % updates === update);
    write(aged, batch);
  }
  close(fresh);
  close(aged);
}

interface Question {
  readonly name: string;
  readonly times: number;
  readonly asked: readonly ((index: SqliteIndex) => Promise<unknown>)[];
}

/** The same for each index. */
async function questions(index: SqliteIndex): Promise<Question[]> {
  const random = createRandom(5);
  const anyWord = (from: number, to: number): string =>
    library.vocabulary[from + Math.floor(random() * (to - from))] ?? '';
  const { tags } = await index.basicInfo();
  const byUse = tags
    .filter(({ type }) => type === 'pos')
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  const tag = (): number => byUse[Math.floor(random() * 400)]?.id ?? 1;
  const many = (make: () => (index: SqliteIndex) => Promise<unknown>) => Array.from({ length: 100 }, make);
  const word = (from: number, to: number) => () => {
    const text = anyWord(from, to);
    return (asked: SqliteIndex) => asked.searchBySubstring({ text });
  };
  return [
    { name: 'a frequent word', times: 100, asked: many(word(0, 100)) },
    { name: 'a word', times: 100, asked: many(word(100, 2000)) },
    { name: 'a rare word', times: 100, asked: many(word(2000, 20_000)) },
    {
      name: 'two tags',
      times: 100,
      asked: many(() => {
        const and = [tag(), tag()];
        return (asked) => asked.searchByTags({ and, or: [], not: [] });
      }),
    },
    {
      name: 'an expression',
      times: 30,
      asked: many(() => {
        const regexp = `${anyWord(100, 2000)}\\s*,`;
        return (asked) => asked.searchBySubstring({ regexp });
      }),
    },
  ];
}

interface Figures {
  readonly p50: number;
  readonly cpu: number;
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Asks each question of both in turns, so that what else the machine does slows both. */
async function compare(indexes: readonly SqliteIndex[]): Promise<Figures[][]> {
  const lists = await Promise.all(indexes.map(questions));
  const figures: Figures[][] = [];
  for (const [kind, { times }] of (lists[0] ?? []).entries()) {
    const taken = indexes.map((): number[] => []);
    const cpu = indexes.map(() => 0);
    // The first round is not counted: it fills the caches of both.
    for (let turn = -times; turn < times; turn += 1) {
      for (const [which, index] of indexes.entries()) {
        const before = cpuMs();
        const start = performance.now();
        await lists[which]?.[kind]?.asked.at(turn % times)?.(index);
        if (turn < 0) continue;
        taken[which]?.push(performance.now() - start);
        cpu[which] = (cpu[which] ?? 0) + cpuMs() - before;
      }
    }
    figures.push(
      taken.map((list, which) => ({
        p50: list.sort((a, b) => a - b)[list.length >> 1] ?? 0,
        cpu: (cpu[which] ?? 0) / times,
      })),
    );
  }
  return figures;
}

const megabytes = (path: string): string => `${(statSync(path).size / 1e6).toFixed(1)} MB`;

await fill();
const paths = { fresh: join(folder, 'fresh.db'), aged: join(folder, 'aged.db') };
const fresh = await openIndex({ path: paths.fresh });
await fresh.optimize();
const aged = await openIndex({ path: paths.aged });
const names = (await questions(fresh)).map(({ name }) => name);
console.log(
  `${count} images and ${updates} updates of ${filesAtOnce} older ones; ms in a new index and in this one`,
);

async function print(when: string): Promise<void> {
  const figures = await compare([fresh, aged]);
  for (const [kind, [base, old]] of figures.entries()) {
    if (base === undefined || old === undefined) continue;
    const pair = (of: keyof Figures): string =>
      `${base[of].toFixed(2)} -> ${old[of].toFixed(2)} (x ${(old[of] / base[of]).toFixed(2)})`;
    console.log(
      `${when.padEnd(12)} ${(names[kind] ?? '').padEnd(18)} p50 ${pair('p50')}; CPU ${pair('cpu')}`,
    );
  }
}

await print('as opened');
const restMs = Number(process.env['REST_MS'] ?? 60_000);
// Searches keep housekeeping back, so it is waited for.
for (const [when, ms] of [
  ['after a part', restMs / 6],
  ['rested', (restMs * 5) / 6],
] as const) {
  const before = cpuMs();
  await new Promise((resolve) => setTimeout(resolve, ms));
  console.log(`${(ms / 1000).toFixed(0)} s of rest, ${((cpuMs() - before) / 1000).toFixed(1)} s of CPU`);
  await print(when);
}
await fresh.close();
await aged.close();
console.log(`size: new ${megabytes(paths.fresh)}, aged and rested ${megabytes(paths.aged)}`);
