import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from 'vitest';

import { documentNamed, root } from './documents/documents.ts';

const { text } = documentNamed('docs/architecture.md');

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

test('the drawing has the arrows of the manifests', () => {
  const packages = readdirSync(path.join(root, 'packages'));
  const real = packages.flatMap((name) => {
    const manifest = JSON.parse(
      readFileSync(path.join(root, 'packages', name, 'package.json'), 'utf8'),
    ) as Manifest;
    // What the web application is built from is of its making only.
    const built = name === 'web' ? manifest.devDependencies : {};
    return Object.keys({ ...manifest.dependencies, ...built })
      .filter((dependency) => dependency.startsWith('@iib-kit/'))
      .map((dependency) => `${dependency.slice('@iib-kit/'.length)} --> ${name}`);
  });
  const drawn = [...text.matchAll(/^ {2}(?<arrow>[\w-]+ --> [\w-]+)$/gm)].map(
    (match) => match.groups?.['arrow'] ?? '',
  );
  expect(drawn.sort()).toEqual(real.sort());
});

test('the places that it names are there', () => {
  const places = [...text.matchAll(/`(?<place>(?:packages|tests)\/[^`]+)`/g)].map(
    (match) => match.groups?.['place'] ?? '',
  );
  const missing = places
    .map((place) => place.replace('<group>', 'search'))
    .filter((place) => !existsSync(path.join(root, place)));
  expect([places.length > 20, ...missing]).toEqual([true]);
});
