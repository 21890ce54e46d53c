import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

import { benchCold } from './cold.js';
import { benchMemory } from './memory.js';
import { makePictures } from './pictures.js';
import { print } from './print.js';
import { benchStart } from './start.js';
import { benchWarm } from './warm.js';

// node bench/main.js [cold] [warm] [start] [memory]: all of them without an argument.
const benches = { start: benchStart, cold: benchCold, warm: benchWarm, memory: benchMemory };
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in benches));
if (unknown) throw new RangeError(`No bench ${unknown}; there are ${Object.keys(benches).join(', ')}`);

const dir = await mkdtemp(join(tmpdir(), 'thumbnails-bench-'));
try {
  print(`Node ${process.version}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown CPU'}`);
  const pictures = await makePictures(dir);
  for (const [name, bench] of Object.entries(benches)) {
    if (asked.length === 0 || asked.includes(name)) await bench(pictures, dir);
  }
} finally {
  await rm(dir, { recursive: true, force: true });
}
