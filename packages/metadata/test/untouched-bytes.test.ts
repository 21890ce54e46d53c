import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MetadataError, readMetadataSync, stripMetadata, writeMetadata } from '../src/index.ts';
import { containerFiles } from './helpers/container-files.ts';

const infotext = 'a cat\nSteps: 9, Seed: 5, Version: v1.9.0';
const uses: readonly ((bytes: Uint8Array) => unknown)[] = [
  (bytes) => readMetadataSync(bytes, { stealth: 'always', exif: true }),
  stripMetadata,
  (bytes) => writeMetadata(bytes, infotext),
];

/** Runs all of them over the bytes as a Buffer, whose `slice` shares memory, amid bytes that are not the file's. */
function changes(file: Uint8Array): boolean {
  const around = Buffer.alloc(file.length + 32, 0xa5);
  around.set(file, 16);
  const before = Buffer.from(around);
  for (const use of uses) {
    try {
      use(around.subarray(16, 16 + file.length));
    } catch (error) {
      if (!(error instanceof MetadataError)) throw error;
    }
    if (!around.equals(before)) return true;
  }
  return false;
}

test('reading, stripping and writing leave the bytes of the caller as they are', () => {
  expect(containerFiles.length).toBeGreaterThan(100);
  for (const file of containerFiles) expect(changes(file)).toBe(false);
});

test('so they do with damaged files', () => {
  const damaged = fc
    .tuple(
      fc.constantFrom(...containerFiles),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 16 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    .map(([file, edits, kept]) => {
      const copy = new Uint8Array(file);
      // Half of the changes go to the first bytes, where most structure lies.
      for (const [index, [at, byte]] of edits.entries()) {
        copy[at % (index % 2 === 0 ? Math.min(256, copy.length) : copy.length)] = byte;
      }
      return kept > 0.5 ? copy : copy.subarray(0, Math.floor(copy.length * kept * 2));
    });
  fc.assert(
    fc.property(damaged, (file) => {
      expect(changes(file)).toBe(false);
    }),
    { numRuns: 2000 },
  );
});
