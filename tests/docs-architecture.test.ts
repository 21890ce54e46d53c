import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from 'vitest';

import { packages as allowedImports, rooms } from '../house.config.js';
import { documentNamed, root } from './documents/documents.ts';

const { text } = documentNamed('docs/architecture.md');
const packages = readdirSync(path.join(root, 'packages'));

interface Manifest {
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

function manifestOf(name: string): Manifest {
  return JSON.parse(readFileSync(path.join(root, 'packages', name, 'package.json'), 'utf8')) as Manifest;
}

/** The packages of the project among dependencies, by their short names. */
function ours(dependencies: Readonly<Record<string, string>> = {}): string[] {
  return Object.keys(dependencies)
    .filter((name) => name.startsWith('@iib-kit/'))
    .map((name) => name.slice('@iib-kit/'.length));
}

/** What stands in backquotes and begins with one of the folders. */
function placesIn(markdown: string): string[] {
  return [...markdown.matchAll(/`(?<place>(?:packages|tests)\/[^`]+)`/g)].map(
    ({ groups }) => groups?.['place'] ?? '',
  );
}

test('the drawing has the arrows of the manifests', () => {
  const real = packages.flatMap((name) => {
    const { dependencies, devDependencies } = manifestOf(name);
    // What the web application is built from is of its making only.
    const used = name === 'web' ? { ...dependencies, ...devDependencies } : dependencies;
    return ours(used).map((dependency) => `${dependency} --> ${name}`);
  });
  const drawn = [...text.matchAll(/^ {2}(?<arrow>[\w-]+ --> [\w-]+)$/gm)].map(
    ({ groups }) => groups?.['arrow'] ?? '',
  );
  expect(drawn.sort()).toEqual(real.sort());
});

test('the rules of the house allow no package that a manifest lacks', () => {
  const surplus = Object.entries(allowedImports).flatMap(([name, allowed]) => {
    const { dependencies, devDependencies, peerDependencies } = manifestOf(name);
    const declared = ours({ ...dependencies, ...devDependencies, ...peerDependencies });
    // Private packages are bundled, and so in no manifest.
    const published = allowed.filter((other) => manifestOf(other).private !== true);
    return published.filter((other) => !declared.includes(other)).map((other) => `${other} --> ${name}`);
  });
  expect(surplus).toEqual([]);
});

test('the places that it names are there', () => {
  const places = placesIn(text);
  const missing = places
    .map((place) => place.replace('<group>', 'search'))
    .filter((place) => !existsSync(path.join(root, place)));
  expect([places.length > 50, ...missing]).toEqual([true]);
});

test('every package is in its table, and every room in one of the big packages', () => {
  const wanted = [
    ...packages.map((name) => `packages/${name}`),
    ...Object.entries(rooms).flatMap(([name, table]) =>
      Object.keys(table)
        .filter((room) => room !== '.')
        .map((room) => `packages/${name}/src/${room}`),
    ),
  ];
  const named = placesIn(text);
  expect(wanted.filter((place) => !named.includes(place))).toEqual([]);
});

test('every folder of the big packages is a room or holds some', () => {
  const folders = Object.entries(rooms).flatMap(([name, table]) =>
    readdirSync(path.join(root, 'packages', name, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .filter((entry) => !Object.keys(table).some((room) => `${room}/`.startsWith(`${entry.name}/`)))
      .map((entry) => `packages/${name}/src/${entry.name}`),
  );
  expect([Object.keys(rooms), folders]).toEqual([['catalog', 'index-db', 'server', 'web'], []]);
});

test('every room of the rules is a folder', () => {
  const missing = Object.entries(rooms).flatMap(([name, table]) =>
    Object.keys(table)
      .map((room) => path.join('packages', name, 'src', room))
      .filter((folder) => !existsSync(path.join(root, folder))),
  );
  expect(missing).toEqual([]);
});
