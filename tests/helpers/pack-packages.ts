import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a package says of itself, as far as it is installed. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly [field: string]: unknown;
}

/** A package as it would be published. */
export interface PackedPackage {
  readonly manifest: Manifest;
  /** The archive, absolute. */
  readonly file: string;
}

/**
 * Packs every package that is published, as it is built now. Packed once for all suites of a run and for later runs:
 * the archives stay in `node_modules/.cache` until a build changes.
 */
export async function packPackages(): Promise<readonly PackedPackage[]> {
  const folders = publishedFolders();
  const folder = path.join(root, 'node_modules', '.cache', 'iib-kit-packs', stateOf(folders));
  if (!existsSync(folder)) await packInto(folder, folders);
  return folders.map((name) => {
    const manifest = manifestOf(name);
    const archive = `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`;
    return { manifest, file: path.join(folder, archive) };
  });
}

/** Under another name first, so that no other suite sees a part of it. */
async function packInto(folder: string, folders: readonly string[]): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true });
  const unfinished = await mkdtemp(`${folder}-`);
  const workspaces = folders.flatMap((name) => ['-w', name]);
  await promisify(execFile)('npm', ['pack', '--silent', '--pack-destination', unfinished, ...workspaces], {
    cwd: root,
    // npm is a script of the shell on Windows.
    shell: process.platform === 'win32',
  });
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true }));
}

function publishedFolders(): string[] {
  return readdirSync(path.join(root, 'packages'))
    .map((name) => `packages/${name}`)
    .filter((name) => manifestOf(name).private !== true);
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')) as Manifest;
}

/** Stands for what would be packed: names, sizes and times of all that is built. */
function stateOf(folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of folders.flatMap((folder) =>
    ['package.json', 'README.md', ...filesIn(folder, 'dist')].map((name) => path.join(root, folder, name)),
  )) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

function filesIn(folder: string, below: string): string[] {
  return readdirSync(path.join(root, folder, below), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(path.join(root, folder), path.join(entry.parentPath, entry.name)));
}
