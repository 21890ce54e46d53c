// node scripts/life.js [--days=N] [--seed=N] [--images=N] [--rounds=N]
// Plays the long life of a library and compares it with a first index of the same files: tests/life.test.ts, for 400 days
// of 60 images each unless said otherwise. The same seed lives the same life again.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '400' },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 1000)) },
    images: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '20' },
  },
});
for (const name of /** @type {const} */ (['days', 'images', 'rounds'])) {
  if (!/^[1-9]\d*$/.test(values[name])) throw new RangeError(`--${name} must be a whole number above 0`);
}
process.stdout.write(`seed ${values.seed}\n`);
const env = {
  ...process.env,
  LIFE_DAYS: values.days,
  LIFE_SEED: values.seed,
  LIFE_IMAGES: values.images,
  LIFE_ROUNDS: values.rounds,
};
const tests = fileURLToPath(new URL('test.js', import.meta.url));
const { status } = spawnSync(process.execPath, [tests, 'node', 'tests/life.test.ts'], {
  env,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
