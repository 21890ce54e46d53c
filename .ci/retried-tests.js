// A reporter for vitest: writes to the file in RETRIED_TESTS, a line each, the tests that had to be run twice.
import { appendFileSync } from 'node:fs';
import path from 'node:path';

export default class RetriedTests {
  /** @param {import('vitest/node').TestCase} test */
  onTestCaseResult(test) {
    const file = process.env['RETRIED_TESTS'];
    const { retryCount = 0 } = test.diagnostic() ?? {};
    if (file === undefined || retryCount === 0) return;
    const name = path.relative(process.cwd(), test.module.moduleId);
    const outcome = test.result().state === 'passed' ? 'passed the second time' : 'failed twice';
    appendFileSync(file, `${name}: ${test.fullName} (${outcome})\n`);
  }
}
