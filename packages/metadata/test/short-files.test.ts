import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  containers,
  MetadataError,
  readMetadata,
  readMetadataSync,
  stripMetadata,
  writeMetadata,
} from '../src/index.ts';
import { readMetadata as readInBrowser } from '../src/core.ts';
import { containerFiles } from './helpers/container-files.ts';

const longestHead = 64;
const heads = containerFiles.map((file) => Buffer.from(file.subarray(0, longestHead)));
const beginnings = new Map(
  heads.flatMap((head) =>
    Array.from({ length: head.length + 1 }, (_, length) => {
      const bytes = head.subarray(0, length);
      return [bytes.toString('latin1'), bytes] as const;
    }),
  ),
);

/** What stripping and writing throw, by code; everything but a `MetadataError` is passed on. */
function outcome(action: () => unknown): string {
  try {
    action();
    return 'done';
  } catch (error) {
    if (error instanceof MetadataError) return error.code;
    throw error;
  }
}

async function survives(bytes: Uint8Array): Promise<void> {
  const metadata = readMetadataSync(bytes, { stealth: 'always', exif: true });
  expect(await readMetadata(bytes, { stealth: 'always', exif: true })).toEqual(metadata);
  expect(await readMetadata(new Blob([new Uint8Array(bytes)]))).toMatchObject({
    container: metadata.container,
  });
  await readInBrowser(bytes, { stealth: 'always' });
  const documented = ['done', 'unsupported-container', 'invalid-file'];
  expect(documented).toContain(outcome(() => stripMetadata(bytes)));
  expect(documented).toContain(outcome(() => writeMetadata(bytes, 'a cat\nSteps: 9, Seed: 5')));
}

test('every beginning of every kind of file is read, and written or refused with a code', async () => {
  const recognised = new Set<string>();
  for (const bytes of beginnings.values()) {
    await survives(bytes);
    recognised.add(readMetadataSync(bytes).container ?? 'none');
  }
  expect(containers.filter((container) => !recognised.has(container))).toEqual([]);
});

test('so is a beginning with anything behind it', async () => {
  const file = fc
    .tuple(fc.constantFrom(...heads), fc.nat(longestHead), fc.uint8Array({ maxLength: longestHead }))
    .map(([head, length, rest]) => Buffer.concat([head.subarray(0, length), rest]).subarray(0, longestHead));
  await expect(fc.assert(fc.asyncProperty(file, survives), { numRuns: 3000 })).resolves.toBeUndefined();
});

test('a TIFF that ends in its header is a TIFF, with a warning', () => {
  for (const length of [4, 5, 7]) {
    expect(readMetadataSync(Buffer.from('II*\0\u0008\0\0\0').subarray(0, length))).toMatchObject({
      container: 'tiff',
      embedded: [],
      warnings: [{ code: 'truncated', message: 'The TIFF file ends inside its header.' }],
    });
  }
});
