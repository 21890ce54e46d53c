import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from 'vitest';

import { rooms } from '../house.config.js';
import { documentNamed, root } from './documents/documents.ts';

const { text } = documentNamed('docs/architecture.md');
const packages = readdirSync(path.join(root, 'packages'));

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
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

test('the places that it names are there', () => {
  const places = placesIn(text);
  const missing = places
    .map((place) => place.replace('<group>', 'search'))
    .filter((place) => !existsSync(path.join(root, place)));
  expect([places.length > 50, ...missing]).toEqual([true]);
});

test('every room of the rules is a folder', () => {
  const missing = Object.entries(rooms).flatMap(([name, table]) =>
    Object.keys(table)
      .map((room) => path.join('packages', name, 'src', room))
      .filter((folder) => !existsSync(path.join(root, folder))),
  );
  expect(missing).toEqual([]);
});
