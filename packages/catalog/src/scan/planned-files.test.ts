import fc from 'fast-check';
import { expect, test } from 'vitest';

import { PlannedFiles } from './planned-files.ts';
import type { PlannedFile } from './planned-file.ts';

const size = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const planned: fc.Arbitrary<PlannedFile> = fc.record({
  name: fc.string({ unit: 'binary', maxLength: 40 }),
  bytes: size,
  modified: fc.integer({ min: -5, max: 5 }),
  created: fc.integer(),
  sidecar: size,
  folder: fc.constantFrom('/a', '/b'),
  id: fc.option(size, { nil: undefined }),
});

const inOrder = (files: readonly PlannedFile[]): PlannedFile[] =>
  files.toSorted((a, b) => a.modified - b.modified);

test('files come back as they were, by time, then as they were added', () => {
  fc.assert(
    fc.property(fc.array(planned, { maxLength: 100 }), (files) => {
      const plan = new PlannedFiles();
      for (const file of files) plan.add(file);
      expect([plan.length, [...plan.inOrderOfTime()]]).toEqual([files.length, inOrder(files)]);
    }),
  );
});

test('many files fill more than one piece', () => {
  const files = Array.from({ length: 10_000 }, (_, at): PlannedFile => ({
    name: `${at}.png`,
    bytes: at,
    modified: -at,
    created: at,
    sidecar: 0,
    folder: `/${Math.floor(at / 1000)}`,
    id: undefined,
  }));
  const plan = new PlannedFiles();
  for (const file of files) plan.add(file);
  expect([...plan.inOrderOfTime()]).toEqual(inOrder(files));
});
