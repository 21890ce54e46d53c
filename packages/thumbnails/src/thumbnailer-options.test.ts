import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';

import { describe, expect, test } from 'vitest';

import { checkOptions } from './thumbnailer-options.ts';

describe('checkOptions', () => {
  test('gives each option its documented default', () => {
    expect(checkOptions({ cacheDir: 'some/folder' })).toEqual({
      cacheDir: resolve('some/folder'),
      ffmpegPath: undefined,
      onCacheUnwritable: undefined,
      maxCacheBytes: 1_073_741_824,
      maxMemoryBytes: 33_554_432,
      concurrency: Math.min(availableParallelism(), 8),
      maxWaiting: 1000,
      timeoutMs: 1800,
      maxRenderMs: 20_000,
      maxPixels: 200_000_000,
      maxFileBytes: 536_870_912,
      quality: 80,
    });
  });

  test('takes what is given and freezes it', () => {
    const settings = checkOptions({ cacheDir: '/a', quality: 50, ffmpegPath: 'ffmpeg' });
    expect(settings).toMatchObject({ quality: 50, ffmpegPath: 'ffmpeg' });
    expect(Object.isFrozen(settings)).toBe(true);
  });

  test.each([
    [{ cacheDir: '' }, TypeError, 'cacheDir'],
    [{ cacheDir: 'a\0b' }, TypeError, 'cacheDir'],
    [{ cacheDir: '/a', onCacheUnwritable: 1 as never }, TypeError, 'onCacheUnwritable'],
    [{ cacheDir: '/a', ffmpegPath: '' }, TypeError, 'ffmpegPath'],
    [{ cacheDir: '/a', cachedir: '/b' }, TypeError, 'cachedir'],
    [{ cacheDir: '/a', quality: 0 }, RangeError, 'quality'],
    [{ cacheDir: '/a', quality: 101 }, RangeError, 'quality'],
    [{ cacheDir: '/a', concurrency: 1.5 }, RangeError, 'concurrency'],
    [{ cacheDir: '/a', timeoutMs: Number.NaN }, RangeError, 'timeoutMs'],
    [{ cacheDir: '/a', maxPixels: '5' as unknown as number }, TypeError, 'maxPixels'],
  ])('refuses %o and names the option', (options, error, name) => {
    expect(() => checkOptions(options)).toThrow(error);
    expect(() => checkOptions(options)).toThrow(name);
  });
});
