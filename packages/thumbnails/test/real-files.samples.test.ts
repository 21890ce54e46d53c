import { access, readdir } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { hashDistance, isThumbnailError, mediaKind } from '@iib-kit/thumbnails';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';

import { needsNodeAv } from './helpers/needs-video.ts';
import { look } from './helpers/pixels.ts';
import { thumbnailerFixture } from './helpers/thumbnailer-fixture.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const samples = resolve(root, process.env['SAMPLES_DIR'] ?? '../shared/samples');
const box = { width: 256, height: 256 };

beforeAll(async () => {
  await access(samples).catch(() => {
    throw new Error(`The real files are not at ${samples}; set SAMPLES_DIR`);
  });
});

async function picturePaths(): Promise<string[]> {
  const found = await readdir(samples, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile() && mediaKind(entry.name) === 'image')
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('real files', () => {
  test('each that can be read has a thumbnail of the right shape, and its own hash', async (context) => {
    needsNodeAv(context);
    const { thumbnailer } = await thumbnailerFixture();
    const failures: Record<string, string> = {};
    let rendered = 0;
    for (const path of await picturePaths()) {
      try {
        const seen = await look((await thumbnailer.thumbnail(path, box)).path);
        expect(Math.max(seen.width, seen.height)).toBeLessThanOrEqual(256);
        if (extname(path) !== '.heic') {
          const { width, height } = (await sharp(path).metadata()).autoOrient;
          const scale = Math.min(1, 256 / width, 256 / height);
          expect([seen.width, seen.height]).toEqual([
            Math.max(1, Math.round(width * scale)),
            Math.max(1, Math.round(height * scale)),
          ]);
        }
        const hash = await thumbnailer.perceptualHash(path);
        expect(hashDistance(hash, hash)).toBe(0);
        rendered += 1;
      } catch (error) {
        if (!isThumbnailError(error)) throw error;
        failures[path.slice(samples.length + 1)] = error.code;
      }
    }
    expect({ rendered, failures }).toEqual({
      rendered: 61,
      failures: { 'sd-parsers/bad_images/empty_file.png': 'not-an-image' },
    });
  });
});
