import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { expect, test } from 'vitest';

import { temporaryFolder } from './helpers/temporary-folder.ts';
import { freshLibrary } from './life/compare/fresh-library.ts';
import { measure } from './life/compare/measure.ts';
import { drawQueries } from './life/compare/queries.ts';
import { compareMarks, comparePaths } from './life/compare/with-truth.ts';
import { compareWithFresh } from './life/compare/with-fresh.ts';
import { drawBy } from './life/draw.ts';
import { differencesLeftOut } from './life/left-out.ts';
import { Life } from './life/life.ts';
import { live } from './life/live.ts';
import { describeDifferences, describeLife } from './life/report.ts';
import { ServedLibrary } from './life/served-library.ts';

const seed = process.env['LIFE_SEED'] ?? '1';
const days = Number(process.env['LIFE_DAYS'] ?? 30);
const picturesPerDay = Number(process.env['LIFE_IMAGES'] ?? 5);
const rounds = Number(process.env['LIFE_ROUNDS'] ?? 1);

test(`a library that was used for ${days} days says what a fresh one says`, { timeout: 0 }, async () => {
  const { folder, remove } = await temporaryFolder();
  const library = path.join(folder, 'library');
  await mkdir(path.join(library, 'camera'), { recursive: true });
  const server = new ServedLibrary(path.join(folder, 'aged'), path.join(library, 'camera'));
  const life = new Life(drawBy(seed), server, { folder: library, picturesPerDay });
  let fresh: ServedLibrary | undefined;
  try {
    await live(life, days);
    await comparePaths(life);
    await compareMarks(life);
    await server.stop();
    await server.start(life.now);
    fresh = await freshLibrary(life, path.join(folder, 'fresh'));
    const queries = drawQueries(life, 100);
    await compareWithFresh(life, fresh.client, queries);
    const ratios = await measure(life, fresh, { queries, rounds });
    process.stdout.write(describeLife(life, ratios));
  } finally {
    await server.stop();
    await fresh?.stop();
    await remove();
  }
  for (const line of server.complaints) life.note('the server complains', line);
  const unknown = life.differences.filter(({ kind }) => !(kind in differencesLeftOut));
  expect(describeDifferences(unknown)).toBe('');
});
