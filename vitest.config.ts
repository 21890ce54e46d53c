import { defineConfig } from 'vitest/config';

import { SkippedTests } from './scripts/skipped-tests.js';

const everywhere = '{packages,examples,bench,tests}/**';
const neverTests = ['**/node_modules/**', '**/dist/**'];
const needsBrowser = `${everywhere}/*.browser.test.ts`;
const needsSamples = `${everywhere}/*.samples.test.ts`;

// Every thread and process of the tests stands still now and then: what depends on who is quicker shows.
if (process.env['IIB_TEST_CHAOS'] !== undefined) {
  const preload = new URL('tests/chaos/stop-threads.js', import.meta.url).href;
  process.env['NODE_OPTIONS'] = `${process.env['NODE_OPTIONS'] ?? ''} --import ${preload}`;
}

export default defineConfig({
  test: {
    pool: 'forks',
    reporters: ['default', new SkippedTests()],
    // Most tests wait more than they compute.
    maxWorkers: '100%',
    // Long enough for a machine that does much else: a time never fails a test that would pass.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: [`${everywhere}/*.test.ts`],
          exclude: [...neverTests, needsBrowser, needsSamples],
        },
      },
      {
        extends: true,
        // A browser that starves on a busy machine gets a second chance; `.ci/run` names every test that took it.
        test: { name: 'browser', include: [needsBrowser], exclude: neverTests, retry: 1 },
      },
      { extends: true, test: { name: 'samples', include: [needsSamples], exclude: neverTests } },
    ],
  },
});
