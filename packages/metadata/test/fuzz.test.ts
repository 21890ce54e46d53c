import { expect, test } from 'vitest';
import {
  extractTags,
  MetadataError,
  parseInfotext,
  readMetadataSync,
  stripMetadata,
  toInfotext,
  writeMetadata,
} from '../src/index.ts';
import { mutate, randomSource } from './helpers/mutate.ts';
import { toolFixtures } from './helpers/tool-fixtures.ts';

const count = 10_000;

test(`${count} damaged files are read without an error, and what was read can be printed`, () => {
  const damaged = { recognised: 0, warned: 0 };
  for (let seed = 0; seed < count; seed += 1) {
    const random = randomSource(seed);
    const pick = () => toolFixtures[random(toolFixtures.length)]?.file ?? new Uint8Array(0);
    const file = mutate(pick(), pick(), random);
    try {
      const metadata = readMetadataSync(file);
      if (metadata.generator !== undefined) damaged.recognised += 1;
      if (metadata.warnings.length > 0) damaged.warned += 1;
      extractTags(metadata);
      const infotext = toInfotext(metadata);
      if (metadata.generation !== undefined) {
        expect(parseInfotext(infotext)?.generation).toEqual(metadata.generation);
      }
    } catch (error) {
      throw new Error(`The file of seed ${seed} failed.`, { cause: error });
    }
  }
  // Damage that nothing survives, or that nothing notices, would test nothing.
  expect(damaged.recognised).toBeGreaterThan(count / 5);
  expect(damaged.warned).toBeGreaterThan(count / 5);
});

test(`${count} damaged files are written and stripped, or refused with a code`, () => {
  const results = { written: 0, refused: 0 };
  for (let seed = 0; seed < count; seed += 1) {
    const random = randomSource(seed);
    const pick = () => toolFixtures[random(toolFixtures.length)]?.file ?? new Uint8Array(0);
    const file = mutate(pick(), pick(), random);
    for (const action of [
      stripMetadata,
      (bytes: Uint8Array) => writeMetadata(bytes, 'a\nSteps: 1, Seed: 2'),
    ]) {
      try {
        action(file);
        results.written += 1;
      } catch (error) {
        if (!(error instanceof MetadataError)) {
          throw new Error(`The file of seed ${seed} failed.`, { cause: error });
        }
        results.refused += 1;
      }
    }
  }
  expect(results.written).toBeGreaterThan(count / 5);
  expect(results.refused).toBeGreaterThan(count / 5);
});
