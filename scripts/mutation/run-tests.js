import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

/**
 * A test file that passes without a mutant.
 *
 * @typedef {{ file: string, milliseconds: number, reaches: ReadonlySet<number> }} TestFile
 */

/** What a run may take beyond its usual time, in milliseconds: a mutant may never end. */
const spareTime = 60_000;
const slowdown = 4;

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

/**
 * Runs all test files whose path contains one of these without a mutant, to see which mutants each of them reaches.
 *
 * @param {string} copy
 * @param {{ patterns: readonly string[], workers: number }} options
 * @returns {Promise<{ tests: TestFile[], failed: string[] }>}
 */
export async function findReached(copy, { patterns, workers }) {
  const hits = join(copy, '.mutation-hits');
  const report = join(copy, '.mutation-report.json');
  mkdirSync(hits);
  await runVitest(copy, ['--reporter=json', `--outputFile=${report}`, ...patterns], {
    workers,
    env: { IIB_MUTANT_HITS_FOLDER: hits },
  });
  /** @type {{ testResults: { name: string, status: string, startTime: number, endTime: number }[] }} */
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const results = testResults.map(({ name, status, startTime, endTime }) => {
    const file = relative(copy, name).replaceAll('\\', '/');
    const noted = join(hits, encodeURIComponent(file));
    const lines = existsSync(noted) ? readFileSync(noted, 'utf8').split('\n') : [];
    const reaches = new Set(lines.filter(Boolean).map(Number));
    return { file, milliseconds: endTime - startTime, reaches, passes: status === 'passed' };
  });
  return {
    tests: results.filter(({ passes }) => passes),
    failed: results.filter(({ passes }) => !passes).map(({ file }) => file),
  };
}

/**
 * Whether a test that reaches the mutant fails with it; the quickest are asked first.
 *
 * @param {string} copy
 * @param {number} id
 * @param {{ tests: readonly TestFile[], workers: number }} options
 */
export async function isKilled(copy, id, { tests, workers }) {
  const reaching = tests
    .filter(({ reaches }) => reaches.has(id))
    .sort((a, b) => a.milliseconds - b.milliseconds);
  for (let first = 0, count = 4; first < reaching.length; first += count, count *= 4) {
    const some = reaching.slice(first, first + count);
    const usual = some.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    const files = some.map(({ file }) => file);
    const passed = await runVitest(copy, ['--bail=1', '--reporter=dot', ...files], {
      workers,
      env: { IIB_MUTANT: String(id) },
      timeout: usual * slowdown + spareTime,
    });
    if (!passed) return true;
  }
  return false;
}

/**
 * @param {string} copy
 * @param {readonly string[]} options
 * @param {{ workers: number, env: Readonly<Record<string, string>>, timeout?: number }} how
 * @returns {Promise<boolean>} Whether all passed in time.
 */
async function runVitest(copy, options, { workers, env, timeout }) {
  const fixed = ['run', '--config', 'scripts/mutation/vitest.config.js', `--maxWorkers=${workers}`];
  const child = spawn(process.execPath, [vitest, ...fixed, ...options], {
    cwd: copy,
    env: { ...process.env, ...env },
    stdio: 'ignore',
    // A group of its own, so that what the tests have started ends with them.
    detached: true,
  });
  const end = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  };
  const timer = timeout === undefined ? undefined : setTimeout(end, timeout);
  process.prependOnceListener('exit', end);
  const [code] = await once(child, 'exit');
  clearTimeout(timer);
  process.off('exit', end);
  end();
  return code === 0;
}
