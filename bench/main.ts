import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark.ts';
import { clusteringLibrary } from './clustering-library.ts';
import { clustering } from './clustering.ts';
import { helloWhileIndexing } from './hello-while-indexing.ts';
import { indexing } from './indexing.ts';
import { listFolder } from './list-folder.ts';
import { makeLibraryCommand } from './make-library-command.ts';
import { serve } from './serve.ts';
import { soak } from './soak.ts';
import { web } from './web.ts';

const benchmarks: readonly Benchmark[] = [
  makeLibraryCommand,
  indexing,
  helloWhileIndexing,
  listFolder,
  serve,
  soak,
  web,
  clustering,
  clusteringLibrary,
];

async function main([name, ...rest]: string[]): Promise<void> {
  const benchmark = benchmarks.find((candidate) => candidate.name === name);
  if (benchmark === undefined) {
    console.error(usage(name));
    process.exitCode = name === undefined ? 0 : 2;
    return;
  }
  const { values } = parseArgs({ args: rest, options: benchmark.options, strict: true });
  await benchmark.run(values as Record<string, string | boolean | undefined>);
}

function usage(name: string | undefined): string {
  const lines = benchmarks.map(({ name, summary, options }) => {
    const flags = Object.keys(options).map((option) => `--${option}`);
    return `  ${name.padEnd(24)} ${summary}\n${' '.repeat(27)}${flags.join(' ')}`;
  });
  const problem = name === undefined ? [] : [`No benchmark is called ${name}.`];
  return [...problem, 'npm run bench -- <name> [options]', ...lines].join('\n');
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof RangeError || error instanceof TypeError ? error.message : error);
  process.exitCode = 1;
}
