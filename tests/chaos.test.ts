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

/** Prints the longest time that it stood still, in its main thread and in another. */
const program = `
  const { Worker, isMainThread } = require('node:worker_threads');
  let last = performance.now();
  let longest = 0;
  setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5).unref();
  setTimeout(() => console.log(isMainThread ? 'main' : 'worker', longest), 3000);
  if (isMainThread) new Worker(process.env.PROGRAM, { eval: true, execArgv: [] });
`;

test('every thread of a program stands still when the variable is set', async () => {
  const preload = fileURLToPath(new URL('chaos/stop-threads.js', import.meta.url));
  const env = { NODE_OPTIONS: `--import "${preload}"`, PROGRAM: program, IIB_TEST_CHAOS: '7' };
  const child = spawn(process.execPath, ['--eval', program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = (await text(child.stdout)).trim().split('\n').sort();
  const found = new Map(lines.map((line) => line.split(' ') as [string, string]));
  expect([...found.keys()]).toEqual(['main', 'worker']);
  // What is drawn for these threads; the first stop is before the program begins.
  for (const [name, thread] of [
    ['main', 0],
    ['worker', 1],
  ] as const) {
    const [, first] = take(`7 ${thread} `, 2);
    expect(Number(found.get(name))).toBeGreaterThanOrEqual((first?.stands ?? NaN) - 1);
  }
});
