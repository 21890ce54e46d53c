import { setTimeout as delay } from 'node:timers/promises';

import type { ServedLibrary } from '../served-library.ts';

const longestSeconds = 60;

/** Less processor time in a second than this is rest. */
const cpuAtRest = 0.03;

/** Waits until servers have done what they put off while others asked them. */
export async function comeToRest(libraries: readonly ServedLibrary[]): Promise<void> {
  let before = libraries.map(cpuOf);
  for (let second = 0, quiet = 0; second < longestSeconds && quiet < 3; second += 1) {
    await delay(1000);
    const now = libraries.map(cpuOf);
    quiet = now.every((cpu, index) => cpu - (before[index] ?? 0) < cpuAtRest) ? quiet + 1 : 0;
    before = now;
  }
}

/** Seconds; 0 where the system does not say. */
export const cpuOf = (library: ServedLibrary): number => library.cpuSeconds() ?? 0;
