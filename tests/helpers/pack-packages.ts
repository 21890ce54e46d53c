import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { publishedPackages, root } from '../../scripts/published-packages.js';

/** A package as it would be published. */
export interface PackedPackage {
  readonly name: string;
  readonly version: string;
  readonly manifest: object;
  /** The archive, absolute. */
  readonly file: string;
}

/**
 * Packs every package that is published, as it is built now. Packed once for all suites of a run and for later runs:
 * the archives stay in `node_modules/.cache` until a build changes.
 */
export async function packPackages(): Promise<readonly PackedPackage[]> {
  const packages = publishedPackages();
  const folder = path.join(root, 'node_modules', '.cache', 'iib-kit-packs', stateOf(packages));
  if (!existsSync(folder)) await packInto(folder, packages);
  return packages.map(({ name, manifest }) => {
    const archive = `${name.slice(1).replace('/', '-')}-${manifest.version}.tgz`;
    return { name, version: manifest.version, manifest, file: path.join(folder, archive) };
  });
}

type PublishedPackages = ReturnType<typeof publishedPackages>;

/** Under another name first, so that no other suite sees a part of it. */
async function packInto(folder: string, packages: PublishedPackages): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true });
  const unfinished = await mkdtemp(`${folder}-`);
  const workspaces = packages.flatMap(({ name }) => ['--workspace', name]);
  const args = [
    'pack',
    '--ignore-scripts',
    '--loglevel=error',
    '--pack-destination',
    unfinished,
    ...workspaces,
  ];
  // npm is a script of the shell on Windows.
  await promisify(execFile)('npm', args, { cwd: root, shell: process.platform === 'win32' });
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true }));
}

/** Stands for what would be packed: names, sizes and times of all that a package may hold. */
function stateOf(packages: PublishedPackages): string {
  const hash = createHash('sha256');
  for (const { folder, manifest } of packages) {
    const listed = manifest.files.flatMap((below) => filesIn(folder, below));
    for (const name of ['package.json', 'README.md', 'LICENSE', ...listed]) {
      const file = path.join(folder, name);
      if (!existsSync(file)) continue;
      const { size, mtimeMs } = statSync(file);
      hash.update(`${file} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex').slice(0, 16);
}

function filesIn(folder: string, below: string): string[] {
  return readdirSync(path.join(folder, below), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}
