import { readdirSync, readFileSync } from 'node:fs';
import { conformanceSuites } from '@iib-kit/catalog/conformance';
import { expect, it } from 'vitest';

it('runs every suite once, divided among the files beside this one', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name !== 'every-suite.test.ts');
  const run = files.flatMap((name) =>
    Array.from(
      readFileSync(`${import.meta.dirname}/${name}`, 'utf8').matchAll(/'([a-zA-Z]+)'(?=[,\]])/g),
      ([, suite]) => suite,
    ),
  );
  expect(new Set(run)).toEqual(new Set(Object.keys(conformanceSuites)));
  expect(run).toHaveLength(new Set(run).size);
});
