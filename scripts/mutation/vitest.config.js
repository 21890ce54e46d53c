import { defineConfig } from 'vitest/config';

/** Tests that need only Node, as in the project's own settings, told apart by what they reach. */
export default defineConfig({
  test: {
    root: process.cwd(),
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    include: ['{packages,tests}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/*.browser.test.ts', '**/*.samples.test.ts'],
    setupFiles: ['scripts/mutation/note-hits.js'],
  },
});
