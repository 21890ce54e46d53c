import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, realpath, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { publishedPackages, root } from '../../scripts/published-packages.js';
import { packPackages } from '../helpers/pack-packages.ts';

const run = promisify(execFile);

/** What the application depends on besides our packages. */
const ownDependencies = ['express', 'fastify', 'typescript', '@types/node', '@types/express'];

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/**
 * Packs every package and installs the tarballs into an application, outside of this folder. Each package sees
 * what its manifest names and nothing else, as pnpm lays it out: what was left out of a tarball or a manifest is
 * missing. Packages of others are links to those installed here, so that nothing is fetched or compiled.
 */
export async function installPacked(): Promise<{ folder: string; app: string }> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'iib-packed-')));
  const tarballs = new Map((await packPackages()).map(({ name, file }) => [name, file]));
  const homes = new Map(publishedPackages().map(({ name }) => [name, homeOf(folder, name)]));
  for (const one of publishedPackages()) {
    const home = homes.get(one.name) ?? '';
    await mkdir(home, { recursive: true });
    await run('tar', ['-xzf', tarballs.get(one.name) ?? '', '-C', home, '--strip-components=1']);
    const manifest = JSON.parse(await readFile(path.join(home, 'package.json'), 'utf8')) as Manifest;
    const modules = home.slice(0, -one.name.length);
    const { dependencies, peerDependencies, peerDependenciesMeta } = manifest;
    for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
      const found = homes.get(name) ?? installedHere(name, one.folder);
      if (found !== undefined) await link(path.join(modules, name), found);
      else if (!peerDependenciesMeta?.[name]?.optional) throw notInstalled(name);
    }
  }
  const app = path.join(folder, 'app');
  await cp(fileURLToPath(new URL('app', import.meta.url)), app, { recursive: true });
  await writeFile(path.join(app, 'package.json'), '{ "name": "app", "private": true, "type": "module" }\n');
  for (const [name, home] of homes) await link(path.join(app, 'node_modules', name), home);
  for (const name of ownDependencies) {
    const found = installedHere(name, root);
    if (found === undefined) throw notInstalled(name);
    await link(path.join(app, 'node_modules', name), found);
  }
  return { folder, app };
}

function homeOf(folder: string, name: string): string {
  return path.join(folder, 'store', path.basename(name), 'node_modules', name);
}

/** Where a package that `from` may import is installed. */
function installedHere(name: string, from: string): string | undefined {
  const outermost = path.resolve(root);
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    const found = path.join(folder, 'node_modules', name);
    if (existsSync(found)) return found;
    if (folder === outermost || folder === path.dirname(folder)) return undefined;
  }
}

function notInstalled(name: string): Error {
  return new Error(`${name} is not installed: run "npm ci"`);
}

async function link(at: string, target: string): Promise<void> {
  await mkdir(path.dirname(at), { recursive: true });
  await symlink(target, at, 'junction');
}
