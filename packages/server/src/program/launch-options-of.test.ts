import path from 'node:path';

import { expect, test } from 'vitest';

import { launchOptionsOf } from './launch-options-of.ts';

test('folders are taken from the working folder, words for those of the web UI only where they are words', () => {
  const settings = {
    port: 1,
    watch: true,
    updateImageIndex: true,
    baseDir: 'base',
    extraPaths: ['save', path.resolve('/a')],
    allowedPaths: ['save', 'b'],
  };
  expect(launchOptionsOf(settings, path.resolve('/work'))).toEqual({
    port: 1,
    watch: true,
    baseDir: path.resolve('/work/base'),
    extraPaths: [path.resolve('/work/save'), path.resolve('/a')],
    allowedPaths: ['save', path.resolve('/work/b')],
  });
});
