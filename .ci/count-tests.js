// Names every test that failed and why, then prints how many each suite ran and the sum, from vitest's JSON reports.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const suites = process.argv.slice(2).map((file) => ({
  name: path.basename(file, '.json'),
  report: JSON.parse(readFileSync(file, 'utf8')),
}));

for (const { report } of suites) for (const file of report.testResults) printFailuresOf(file);

const total = { passed: 0, failed: 0, skipped: 0 };
for (const { name, report } of suites) {
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  for (const kind of Object.keys(total)) total[kind] += counts[kind];
  printCounts(name, counts);
}
printCounts('total', total);
process.exitCode = total.passed === 0 ? 1 : 0;

function printFailuresOf(file) {
  const name = path.relative(process.cwd(), file.name);
  const failed = file.assertionResults.filter((test) => test.status === 'failed');
  for (const test of failed) printFailure(`${name}: ${test.fullName}`, test.failureMessages.join('\n'));
  // A file that cannot even be loaded has no tests to blame.
  if (file.status === 'failed' && failed.length === 0) printFailure(name, file.message);
}

function printFailure(what, why) {
  const firstLines = why.split('\n', 12).map((line) => `    ${line}\n`);
  process.stdout.write(`\nfailed: ${what}\n${firstLines.join('')}\n`);
}

function printCounts(name, { passed, failed, skipped }) {
  process.stdout.write(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped\n`);
}
