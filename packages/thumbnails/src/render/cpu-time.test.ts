import { expect, test } from 'vitest';

import { cpuTimeMs } from './cpu-time.ts';

test.runIf(process.platform === 'linux')(
  'tells how long a process has computed, and nothing of one that is not there',
  () => {
    const before = cpuTimeMs(process.pid) ?? Number.NaN;
    const started = process.cpuUsage();
    while (process.cpuUsage(started).user < 200_000);
    expect((cpuTimeMs(process.pid) ?? 0) - before).toBeGreaterThanOrEqual(150);
    expect(cpuTimeMs(2 ** 30)).toBeUndefined();
    expect(cpuTimeMs(undefined)).toBeUndefined();
  },
);
