import { expect, test } from 'vitest';
import { ascii, buildTiff, type TiffEntry, userComment } from '../../test/helpers/build-tiff.ts';
import { buildWebp, exifChunk } from '../../test/helpers/build-webp.ts';
import { readMetadataSync } from '../read-metadata.ts';

const make = 0x010f;
const model = 0x0110;
const workflow = `workflow:${JSON.stringify({ nodes: [], note: 'a kite' })}`;
const longer = `${workflow}${'x'.repeat(38)}`;
const prompt = 'prompt:{"3": {"class_type": "KSampler"}}';

/** A block with the entries of `before`, whose texts were then replaced by those of `after`. */
function stale(before: readonly TiffEntry[], after: readonly TiffEntry[], exif: readonly TiffEntry[] = []) {
  const old = Buffer.from(buildTiff({ order: 'little', ifd0: before, exif }));
  const now = Buffer.from(buildTiff({ order: 'little', ifd0: after, exif }));
  // The directory of the old block, the texts of the new one.
  const heap = 8 + 2 + (before.length + (exif.length > 0 ? 1 : 0)) * 12 + 4;
  return new Uint8Array(Buffer.concat([old.subarray(0, heap), now.subarray(heap)]));
}

const textsOf = (block: Uint8Array) =>
  readMetadataSync(buildWebp([exifChunk(block)])).embedded.map(({ key, text }) => [key, text]);

test('texts are found whole where an earlier one was made shorter', () => {
  const block = stale(
    [ascii(make, longer), ascii(model, prompt)],
    [ascii(make, workflow), ascii(model, prompt)],
  );
  expect(textsOf(block)).toEqual([
    ['Make', workflow],
    ['Model', prompt],
  ]);
});

test('a text that lies before where its entry leads, beyond the end of the block, is the last one', () => {
  const block = stale(
    [ascii(make, `${workflow}${'y'.repeat(400)}`), ascii(model, prompt)],
    [ascii(make, workflow), ascii(model, prompt)],
  );
  expect(textsOf(block)).toContainEqual(['Model', prompt]);
});

test('texts of a block as it should be stay as they are, whatever ends them', () => {
  const values: readonly TiffEntry[] = [
    { tag: make, type: 2, value: Buffer.from('ends without a NUL, evenly') },
    { tag: model, type: 2, value: Buffer.from('the next text') },
    { tag: 0x010e, type: 2, value: Buffer.from('\0\0\0\0begins with some') },
    { tag: 0x8298, type: 2, value: Buffer.from('photographer\0editor\0') },
  ];
  expect(textsOf(buildTiff({ ifd0: values, exif: [userComment('a cat', 'utf16-big')] }))).toEqual([
    ['ImageDescription', 'begins with some'],
    ['Make', 'ends without a NUL, evenly'],
    ['Model', 'the next text'],
    ['Copyright', 'photographer\0editor'],
    ['UserComment', 'a cat'],
  ]);
});

test('a block that breaks off gives what it has', () => {
  const block = buildTiff({ ifd0: [ascii(make, workflow), ascii(model, prompt)] });
  expect(textsOf(block.subarray(0, block.length - 20))).toEqual([
    ['Make', workflow],
    ['Model', prompt.slice(0, -18)],
  ]);
});
