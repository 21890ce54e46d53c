// A reporter for vitest: names, at the end of a run, the tests that were skipped for something that is missing, and why.
import path from 'node:path';

export class SkippedTests {
  /** @type {Map<string, string[]>} The names of tests by the reason. */
  #skipped = new Map();

  /** @param {import('vitest/node').TestCase} test */
  onTestCaseResult(test) {
    const result = test.result();
    if (result.state !== 'skipped' || result.note === undefined) return;
    const name = `${path.relative(process.cwd(), test.module.moduleId)}: ${test.fullName}`;
    this.#skipped.set(result.note, [...(this.#skipped.get(result.note) ?? []), name]);
  }

  onTestRunEnd() {
    for (const [reason, names] of this.#skipped) {
      process.stdout.write(`\nskipped, as ${reason}:\n${names.map((name) => `  ${name}\n`).join('')}`);
    }
    this.#skipped.clear();
  }
}
