import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

import type { Life } from '../life.ts';
import type { ServedLibrary } from '../served-library.ts';
import { comeToRest } from './come-to-rest.ts';
import { measureIdle } from './measure-idle.ts';
import type { AskedQuery } from './queries.ts';

/** What both libraries take for one thing, and how often the aged one takes what the fresh one does. */
export interface Ratio {
  readonly name: string;
  readonly aged: number;
  readonly fresh: number;
  readonly unit: string;
}

/** How long both are left alone for each round of searches. */
const idleSecondsPerRound = 3;

/** Times and processor time of the searches of each kind, first pages only, processor time without any, and the sizes of files. */
export async function measure(
  life: Life,
  fresh: ServedLibrary,
  { queries, rounds }: { queries: readonly AskedQuery[]; rounds: number },
): Promise<Ratio[]> {
  const kinds = new Map<string, AskedQuery[]>();
  for (const query of queries) kinds.set(query.kind, [...(kinds.get(query.kind) ?? []), query]);
  // Else the searches pay for what both put off while they were compared.
  await comeToRest([life.server, fresh]);
  const ratios: Ratio[] = [];
  for (const [kind, asked] of kinds)
    ratios.push(...(await measureKind(life.server, fresh, { kind, asked, rounds })));
  ratios.push(await measureIdle(life.server, fresh, { seconds: idleSecondsPerRound * rounds }));
  return [...ratios, ...(await sizes(life.server, fresh))];
}

async function measureKind(
  aged: ServedLibrary,
  fresh: ServedLibrary,
  { kind, asked, rounds }: { kind: string; asked: readonly AskedQuery[]; rounds: number },
): Promise<Ratio[]> {
  const times = new Map([aged, fresh].map((library) => [library, { taken: [] as number[], cpu: 0 }]));
  // In turns, so that whatever else the machine does falls upon both.
  for (let round = 0; round < rounds; round += 1) {
    for (const [library, sums] of times) {
      const before = library.cpuSeconds() ?? 0;
      for (const query of asked) sums.taken.push(await firstPage(library, query));
      sums.cpu += ((library.cpuSeconds() ?? 0) - before) * 1000;
    }
  }
  const of = (library: ServedLibrary) => times.get(library) ?? { taken: [], cpu: 0 };
  const [older, newer] = [of(aged), of(fresh)];
  return [
    {
      name: `${kind}, median`,
      aged: quantile(older.taken, 0.5),
      fresh: quantile(newer.taken, 0.5),
      unit: 'ms',
    },
    {
      name: `${kind}, 95th percentile`,
      aged: quantile(older.taken, 0.95),
      fresh: quantile(newer.taken, 0.95),
      unit: 'ms',
    },
    { name: `${kind}, processor`, aged: older.cpu, fresh: newer.cpu, unit: 'ms' },
  ];
}

async function firstPage({ client }: ServedLibrary, query: AskedQuery): Promise<number> {
  const begun = performance.now();
  for await (const _ of query.run(client)) break;
  return performance.now() - begun;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}

async function sizes(aged: ServedLibrary, fresh: ServedLibrary): Promise<Ratio[]> {
  const both = async (name: string, size: (library: ServedLibrary) => Promise<number>): Promise<Ratio> => ({
    name,
    aged: (await size(aged)) / 1024,
    fresh: (await size(fresh)) / 1024,
    unit: 'KiB',
  });
  return [
    await both('database', async ({ database }) => (await stat(database)).size),
    await both('thumbnails', async ({ cache }) => sizeBelow(cache)),
    await both('journals and trash', async ({ database }) => sizeBelow(`${database}-files`)),
  ];
}

async function sizeBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  let sum = 0;
  for (const entry of entries) {
    if (entry.isFile()) sum += (await stat(path.join(entry.parentPath, entry.name))).size;
  }
  return sum;
}
