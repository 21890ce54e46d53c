import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { longestStop, stops } from './chaos/stops.js';

const take = (seed: string, count: number) => {
  const all = stops(seed);
  return Array.from({ length: count }, () => all.next().value);
};

test('a seed gives the same stops again, another seed others, none too long', () => {
  expect(take('7', 100)).toEqual(take('7', 100));
  expect(take('7', 100)).not.toEqual(take('8', 100));
  const some = take('7', 1000);
  expect(some.every(({ runs, stands }) => runs >= 50 && stands >= 0 && stands <= longestStop)).toBe(true);
  expect(Math.max(...some.map(({ stands }) => stands))).toBeGreaterThan(longestStop * 0.95);
});

test('every thread of a program stands still when the variable is set', async () => {
  const preload = fileURLToPath(new URL('chaos/stop-threads.js', import.meta.url));
  const program = fileURLToPath(new URL('chaos/standing-program.cjs', import.meta.url));
  // The first stop is before the program begins. A busy machine stands still by itself, but not for so long.
  const second = (seed: number, thread: number) => take(`${seed} ${thread} ${program}`, 2)[1];
  const seed = Array.from({ length: 10_000 }, (_, number) => number).find((number) =>
    [second(number, 0), second(number, 1)].every((stop) => stop && stop.runs < 600 && stop.stands > 400),
  );
  const env = { NODE_OPTIONS: `--import "${preload}"`, IIB_TEST_CHAOS: String(seed) };
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = (await text(child.stdout)).trim().split('\n').sort();
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['main', 'worker']);
  for (const line of lines) expect(Number(line.split(' ')[1])).toBeGreaterThan(300);
});
