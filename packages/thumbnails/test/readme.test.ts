import { readFile } from 'node:fs/promises';

import * as api from '@iib-kit/thumbnails';
import { describe, expect, test } from 'vitest';

import { checkOptions } from '../src/thumbnailer-options.ts';
import { thumbnailerFixture } from './helpers/thumbnailer-fixture.ts';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  test('names every public function and class', () => {
    for (const name of Object.keys(api)) expect(readme).toContain(`\`${name}`);
  });

  test('names every method and every figure of stats()', async () => {
    const { thumbnailer } = await thumbnailerFixture();
    const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(thumbnailer) as object);
    for (const name of methods.filter((name) => name !== 'constructor')) {
      expect(readme).toContain(`\`${name}(`);
    }
    for (const name of Object.keys(await thumbnailer.stats())) expect(readme).toContain(`\`${name}\``);
  });

  test('names every option', () => {
    for (const name of Object.keys(checkOptions({ cacheDir: '/a' }))) {
      expect(readme).toMatch(new RegExp(`^\\| \`${name}\` +\\|`, 'mu'));
    }
  });

  test('names every error code', async () => {
    const source = await readFile(new URL('../src/thumbnail-error.ts', import.meta.url), 'utf8');
    const codes = [...source.matchAll(/^ {2}'(?<code>[a-z-]+)',$/gmu)].map((match) => match.groups?.['code']);
    expect(codes).toHaveLength(17);
    for (const code of codes) expect(readme).toContain(`\`${code}\``);
  });
});
