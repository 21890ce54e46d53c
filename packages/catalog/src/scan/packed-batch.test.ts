import fc from 'fast-check';
import { expect, test } from 'vitest';

import { BatchPacker, openBatch } from './packed-batch.ts';
import type { ScannedFile } from './scanned-file.ts';

const text = fc.string({ unit: 'binary', maxLength: 300 });
const size = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const file: fc.Arbitrary<ScannedFile> = fc.record({
  id: optional(size),
  path: text,
  folder: fc.constantFrom('/a', '/b', '/猫'),
  bytes: size,
  modified: fc.integer(),
  created: fc.integer(),
  media: fc.constantFrom(0 as const, 1 as const, 2 as const),
  width: optional(size),
  height: optional(size),
  fingerprint: size,
  sidecar: size,
  text,
  tags: fc.array(fc.nat({ max: 2 ** 31 - 1 }), { maxLength: 50 }),
  seed: optional(fc.stringMatching(/^\d{1,40}$/)),
  steps: optional(fc.double({ noNaN: true })),
  cfgScale: optional(fc.double({ noNaN: true })),
  generator: optional(fc.constantFrom('comfyui', 'novelai')),
});

const fields = (scanned: ScannedFile): ScannedFile => ({
  id: scanned.id,
  path: scanned.path,
  folder: scanned.folder,
  bytes: scanned.bytes,
  modified: scanned.modified,
  created: scanned.created,
  media: scanned.media,
  width: scanned.width,
  height: scanned.height,
  fingerprint: scanned.fingerprint,
  sidecar: scanned.sidecar,
  text: scanned.text,
  tags: scanned.tags,
  seed: scanned.seed,
  steps: scanned.steps,
  cfgScale: scanned.cfgScale,
  generator: scanned.generator,
});

test('a batch gives every file back as it was put in, halves of characters included', () => {
  let before: BatchPacker | undefined;
  fc.assert(
    fc.property(fc.array(file, { maxLength: 200 }), (files) => {
      const packer = new BatchPacker(before);
      for (const each of files) packer.add(each);
      before = packer;
      const packed = packer.finish({ tagNames: ['fox'], tagTypes: ['pos'], failures: [] });
      const opened = openBatch(structuredClone(packed));
      expect(opened.files.map(fields)).toEqual(files);
      expect(opened.tags).toEqual([{ name: 'fox', type: 'pos' }]);
    }),
    { numRuns: 50 },
  );
});
