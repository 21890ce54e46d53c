import { parseArgs } from 'node:util';
import { readMetadataSync } from '../src/index.ts';
import { mutate, randomSource } from '../test/helpers/mutate.ts';
import { toolFixtures } from '../test/helpers/tool-fixtures.ts';

/** No damaged file may take longer than this. */
const limitMs = 50;
const { values } = parseArgs({
  options: { count: { type: 'string', default: '100000' }, seed: { type: 'string', default: '0' } },
});
const count = Number(values.count);
const firstSeed = Number(values.seed);

const memory: number[] = [];
let slowest = { ms: 0, seed: -1 };
let total = 0;
let repeated = 0;
for (let index = 0; index < count; index += 1) {
  const seed = firstSeed + index;
  const ms = measure(seed);
  total += ms;
  // A pause of the machine or of the collector is not the file's: the slow ones are read again.
  const again = ms > limitMs ? Math.min(ms, measure(seed), measure(seed)) : ms;
  repeated += ms > limitMs ? 1 : 0;
  if (again > slowest.ms) slowest = { ms: again, seed };
  if (index % Math.ceil(count / 10) === 0) memory.push(process.memoryUsage().rss / 1e6);
}

process.stdout.write(
  `${count} damaged files: ${(total / count).toFixed(3)} ms on average, slowest ${slowest.ms.toFixed(1)} ms (seed ${slowest.seed}), ${repeated} read again\n` +
    `memory in MB along the way: ${memory.map((megabytes) => megabytes.toFixed(0)).join(', ')}\n`,
);
if (slowest.ms > limitMs) process.exitCode = 1;

function measure(seed: number): number {
  const random = randomSource(seed);
  const pick = () => toolFixtures[random(toolFixtures.length)]?.file ?? new Uint8Array(0);
  const file = mutate(pick(), pick(), random);
  const start = performance.now();
  readMetadataSync(file);
  return performance.now() - start;
}
