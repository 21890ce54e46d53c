import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import type { PackedPackage } from './pack-packages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A registry on this machine, for `npm_config_registry`. */
export interface LocalRegistry {
  readonly url: string;
  close(): Promise<void>;
}

interface LockedPackage {
  readonly name?: string;
  readonly version?: string;
  readonly integrity?: string;
}

/**
 * Serves our packages as they were packed, and of all others those that the lock file names: npm then installs as its
 * users do, without the network, since what `npm ci` fetched is in its cache by its hash.
 */
export async function startLocalRegistry(packed: readonly PackedPackage[]): Promise<LocalRegistry> {
  const server = createServer((request, response) => {
    const name = decodeURIComponent((request.url ?? '').slice(1).split('?')[0] ?? '');
    if (name.includes('/-/')) return void response.writeHead(302, { location: upstream + name }).end();
    const archive = packed.find(({ file }) => name === `-/${path.basename(file)}`);
    if (archive !== undefined) return void response.end(readFileSync(archive.file));
    const versions = ours(name) ?? known.get(name);
    if (versions === undefined) return void response.writeHead(404).end('{}');
    const latest = [...versions.keys()].at(0);
    const body = { name, 'dist-tags': { latest }, versions: Object.fromEntries(versions) };
    return void response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const known = lockedVersions(url);

  function ours(name: string): Map<string, object> | undefined {
    const found = packed.find((one) => one.name === name);
    if (found === undefined) return undefined;
    const { manifest, version, file } = found;
    const integrity = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
    const dist = { tarball: `${url}-/${path.basename(file)}`, integrity };
    return new Map([[version, { ...manifest, devDependencies: {}, dist }]]);
  }

  return {
    url,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

/** Where npm finds what its cache has lost. */
const upstream = process.env['npm_config_registry'] ?? 'https://registry.npmjs.org/';

/** By name and version; first the one that stands at the top of the tree. */
function lockedVersions(url: string): Map<string, Map<string, object>> {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  const places = Object.entries(lock.packages).sort(([a], [b]) => depthOf(a) - depthOf(b));
  const byName = new Map<string, Map<string, object>>();
  for (const [place, { integrity, ...entry }] of places) {
    if (integrity === undefined || entry.version === undefined) continue;
    // An alias has the name that it stands for.
    const name = entry.name ?? place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const versions = byName.get(name) ?? new Map<string, object>();
    if (!versions.has(entry.version)) {
      const tarball = `${url}${name}/-/${path.basename(name)}-${entry.version}.tgz`;
      versions.set(entry.version, { ...entry, name, dist: { tarball, integrity } });
    }
    byName.set(name, versions);
  }
  return byName;
}

function depthOf(place: string): number {
  return place.split('node_modules/').length;
}
