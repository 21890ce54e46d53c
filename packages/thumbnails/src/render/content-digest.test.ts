import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { contentDigest, extents } from './content-digest.ts';

const dir = mkdtempSync(join(tmpdir(), 'content-digest-'));
afterAll(() => rmSync(dir, { recursive: true }));

function digestOf(bytes: Buffer): string {
  const path = join(dir, 'file');
  writeFileSync(path, bytes);
  return contentDigest(path, extents.image).digest;
}

describe('the digest of an image', () => {
  test.each([2_000, 2 ** 18, 2 ** 18 + 1, 1_000_000])('of %s bytes tells each of its bytes', (size) => {
    const bytes = Buffer.alloc(size, 'content of a picture ');
    const digests = new Set([digestOf(bytes)]);
    const places = [0, 1, size >> 1, 4_095, 4_096, 65_535, 65_536, size - 1].filter((place) => place < size);
    for (const place of new Set(places)) {
      const changed = Buffer.from(bytes);
      changed[place] = (changed[place] ?? 0) ^ 1;
      digests.add(digestOf(changed));
    }
    expect(digests.size).toBe(new Set(places).size + 1);
    expect(digestOf(bytes)).toBe([...digests][0]);
  });

  test('tells a file from the same with zeroes at its end, and 64 KiB from the next', () => {
    const bytes = Buffer.alloc(400_000);
    const swapped = Buffer.alloc(400_000);
    bytes[10_000] = 1;
    swapped[10_000 + 65_536] = 1;
    expect(new Set([bytes, swapped, Buffer.alloc(400_000), Buffer.alloc(400_001)].map(digestOf)).size).toBe(
      4,
    );
  });
});
