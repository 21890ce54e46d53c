// node scripts/release-dry-run.js: does all of `npm publish` but the upload, package after package, each
// after those that it depends on, and looks at what would be published.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { publishedPackages, root } from './published-packages.js';

/** Packed kilobytes that each package may have; raise one here, with a reason in the commit. */
const budgets = {
  contract: 120,
  // Half of it is iibctl.
  client: 110,
  clustering: 140,
  metadata: 500,
  // A third of it is the conformance suite.
  catalog: 270,
  'index-db': 310,
  thumbnails: 130,
  web: 700,
  server: 720,
};

const wantedFields = ['description', 'keywords', 'license', 'homepage', 'bugs', 'repository', 'engines'];
const always = ['LICENSE', 'README.md', 'package.json'];
const allowed = [/^dist\/[^\s]+$/u, /^page\/[^\s]+$/u];
const neverPublished = [/\.test\./u, /\.tsbuildinfo$/u, /\.tsx?$/u];
const declarations = /\.d\.ts$/u;

/** @type {string[]} */
const problems = [];
const license = readFileSync(join(root, 'LICENSE'), 'utf8');

for (const { name, shortName, folder, manifest } of publishedPackages()) {
  const { version, files, size, unpackedSize } = dryRun(folder);
  const budget = budgets[/** @type {keyof typeof budgets} */ (shortName)];
  const packed = Math.ceil(size / 1000);
  const line = [
    `${name}@${version}`,
    `${packed} of ${budget} kB`,
    `${Math.ceil(unpackedSize / 1000)} kB unpacked`,
  ];
  process.stdout.write(`${line.join(', ')}, ${files.length} files\n`);
  const problem = (/** @type {string} */ text) => problems.push(`${name}: ${text}`);
  if (budget === undefined) problem('has no budget in scripts/release-dry-run.js');
  else if (packed > budget) problem(`has ${packed} kB, more than ${budget}`);
  const paths = files.map(({ path }) => path);
  for (const path of always.filter((path) => !paths.includes(path))) problem(`has no ${path}`);
  for (const path of paths.filter((path) => !isWanted(path))) problem(`would publish ${path}`);
  for (const field of wantedFields.filter((field) => !(field in manifest))) problem(`says no ${field}`);
  if (manifest.publishConfig?.provenance !== true) problem('would be published without provenance');
  if (!readFileSync(join(folder, 'CHANGELOG.md'), 'utf8').includes(`\n## ${version}\n`))
    problem(`does not tell in CHANGELOG.md what ${version} changes`);
  if (readFileSync(join(folder, 'LICENSE'), 'utf8') !== license)
    problem('has another LICENSE than the project');
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;

/**
 * @param {string} folder
 * @returns {{ version: string, size: number, unpackedSize: number, files: { path: string }[] }}
 */
function dryRun(folder) {
  const args = ['publish', '--dry-run', '--json', '--ignore-scripts'];
  const answer = execFileSync('npm', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const parsed = JSON.parse(answer);
  // Some versions of npm key the answer by the name of the package.
  return parsed.files ? parsed : Object.values(parsed)[0];
}

/** @param {string} path */
function isWanted(path) {
  if (always.includes(path)) return true;
  if (!allowed.some((pattern) => pattern.test(path))) return false;
  return declarations.test(path) || !neverPublished.some((pattern) => pattern.test(path));
}
