import type * as vitest from 'vitest';

/** What a suite needs of `vitest`, or of a framework with the same functions. */
export type TestFramework = Pick<
  typeof vitest,
  'describe' | 'it' | 'expect' | 'vi' | 'afterAll' | 'onTestFinished'
>;
