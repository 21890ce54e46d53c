import { setTimeout as delay } from 'node:timers/promises';

import type { ServedLibrary } from '../served-library.ts';
import type { Ratio } from './measure.ts';

const secondsToRest = 60;

/** Less processor time in a second than this is rest. */
const cpuAtRest = 0.03;

/** What both servers take while nobody asks them for anything, once both have done what they put off until then. */
export async function measureIdle(
  aged: ServedLibrary,
  fresh: ServedLibrary,
  { seconds }: { seconds: number },
): Promise<Ratio> {
  await comeToRest([aged, fresh]);
  const libraries = [aged, fresh] as const;
  const before = libraries.map(cpuOf);
  await delay(seconds * 1000);
  const [older = 0, newer = 0] = libraries.map((library, index) => cpuOf(library) - (before[index] ?? 0));
  return { name: `idle for ${seconds} s, processor`, aged: older * 1000, fresh: newer * 1000, unit: 'ms' };
}

async function comeToRest(libraries: readonly ServedLibrary[]): Promise<void> {
  let before = libraries.map(cpuOf);
  for (let second = 0, quiet = 0; second < secondsToRest && quiet < 2; second += 1) {
    await delay(1000);
    const now = libraries.map(cpuOf);
    quiet = now.every((cpu, index) => cpu - (before[index] ?? 0) < cpuAtRest) ? quiet + 1 : 0;
    before = now;
  }
}

const cpuOf = (library: ServedLibrary): number => library.cpuSeconds() ?? 0;
