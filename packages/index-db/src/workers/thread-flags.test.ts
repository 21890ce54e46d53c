import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { threadFlags } from './thread-flags.ts';

it.each([
  [
    ['--max-old-space-size=96', '--import', './loader.js', '--inspect'],
    ['--import', './loader.js'],
  ],
  [
    ['--import=./loader.js', '-r', 'x', '-C', 'source'],
    ['--import=./loader.js', '-r', 'x', '-C', 'source'],
  ],
  [['--enable-source-maps', '--input-type=module', '--expose-gc'], ['--enable-source-maps']],
  [[], []],
])('of %j a thread takes over %j', (flags, taken) => {
  expect(threadFlags(flags)).toEqual(taken);
});

it('leaves what Node starts a thread with', async () => {
  const flags = [
    '--max-old-space-size=96',
    '--expose-gc',
    '--enable-source-maps',
    '--title=x',
    '--inspect-port=0',
  ];
  const worker = new Worker('', { eval: true, execArgv: threadFlags(flags) });
  expect(await new Promise((resolve) => worker.once('exit', resolve))).toBe(0);
});
