// Prints how many tests each suite ran, then the sum, from vitest's JSON reports.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const total = { passed: 0, failed: 0, skipped: 0 };
for (const file of process.argv.slice(2)) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  for (const kind of Object.keys(total)) total[kind] += counts[kind];
  print(path.basename(file, '.json'), counts);
}
print('total', total);
process.exitCode = total.passed === 0 ? 1 : 0;

function print(name, { passed, failed, skipped }) {
  process.stdout.write(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped\n`);
}
