// node scripts/api-reports.js [--check]: writes etc/<package>[.<subpath>].api.md from the built types,
// or fails when one of them is not as it would be written.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

import { publishedPackages, root } from './published-packages.js';

const check = process.argv.includes('--check');
const folder = join(root, 'etc');
const temp = mkdtempSync(join(tmpdir(), 'api-reports-'));
/** @type {string[]} */
const wrong = [];

try {
  mkdirSync(folder, { recursive: true });
  const reports = publishedPackages().flatMap((one) => one.entries.map((entry) => ({ one, entry })));
  for (const { one, entry } of reports) compare(`${entry.reportName}.api.md`, report(one, entry));
  const names = new Set(reports.map(({ entry }) => `${entry.reportName}.api.md`));
  for (const name of readdirSync(folder).filter((name) => !names.has(name))) {
    wrong.push(name);
    if (!check) rmSync(join(folder, name));
  }
} finally {
  rmSync(temp, { recursive: true, force: true });
}
if (wrong.length === 0) {
  process.stdout.write('The API reports are as the types are.\n');
} else if (check) {
  process.stderr.write(`The public types have changed: run "npm run api" and look at the difference.\n`);
  for (const name of wrong) process.stderr.write(`  etc/${name}\n`);
  process.exitCode = 1;
} else {
  for (const name of wrong) process.stdout.write(`etc/${name}\n`);
}

/**
 * @param {import('./published-packages.js').Package} one
 * @param {import('./published-packages.js').Entry} entry
 */
function report(one, entry) {
  const reportFileName = entry.reportName;
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: one.folder,
      mainEntryPointFilePath: entry.types,
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            module: 'nodenext',
            target: 'es2023',
            lib: ['ES2023', 'ES2024.String', 'DOM', 'DOM.Iterable'],
            strict: true,
            exactOptionalPropertyTypes: true,
            skipLibCheck: true,
            types: ['node'],
          },
          files: [entry.types],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName,
        reportFolder: temp,
        reportTempFolder: join(temp, 'new'),
        includeForgottenExports: false,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        // The types are checked elsewhere; the reports are about what is public.
        compilerMessageReporting: { default: { logLevel: 'none' } },
        extractorMessageReporting: { default: { logLevel: 'none' } },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
    configObjectFullPath: join(one.folder, 'api-extractor.json'),
    packageJsonFullPath: join(one.folder, 'package.json'),
  });
  const { succeeded } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback(message) {
      // That a report was written is what we ask for; errors are reported below.
      message.handled = message.logLevel !== ExtractorLogLevel.Error;
    },
  });
  if (!succeeded) throw new Error(`No API report can be made for ${entry.specifier}`);
  return readFileSync(join(temp, `${reportFileName}.api.md`), 'utf8');
}

/**
 * @param {string} name
 * @param {string} text
 */
function compare(name, text) {
  const path = join(folder, name);
  const before = readOrNothing(path);
  if (before !== undefined && inAnyOrder(before) === inAnyOrder(text)) return;
  wrong.push(name);
  if (!check) writeFileSync(path, text);
}

/** @param {string} path */
function readOrNothing(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * The compiler writes the members of a union in the order in which it met them, which a build of everything and one of what
 * changed do not share: the same words in another order are no change.
 *
 * @param {string} report
 */
function inAnyOrder(report) {
  return report
    .split(/[^\w$"'.]+/u)
    .sort()
    .join(' ');
}
