import { setTimeout as delay } from 'node:timers/promises';

import type { ServedLibrary } from '../served-library.ts';
import { comeToRest, cpuOf } from './come-to-rest.ts';
import type { Ratio } from './measure.ts';

/** What both servers take while nobody asks them for anything, once both have done what they put off until then. */
export async function measureIdle(
  aged: ServedLibrary,
  fresh: ServedLibrary,
  { seconds }: { seconds: number },
): Promise<Ratio> {
  const libraries = [aged, fresh] as const;
  await comeToRest(libraries);
  const before = libraries.map(cpuOf);
  await delay(seconds * 1000);
  const [older = 0, newer = 0] = libraries.map((library, index) => cpuOf(library) - (before[index] ?? 0));
  return { name: `idle for ${seconds} s, processor`, aged: older * 1000, fresh: newer * 1000, unit: 'ms' };
}
