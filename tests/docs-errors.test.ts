import path from 'node:path';

import { ApiError, type ClientErrorCode } from '@iib-kit/client';
import { clusteringErrorCodes } from '@iib-kit/clustering';
import { api } from '@iib-kit/contract';
import { IndexError, indexErrorCodes, type ImageIndex } from '@iib-kit/catalog';
import { openIndex } from '@iib-kit/index-db';
import { metadataErrorCodes } from '@iib-kit/metadata';
import { launchApp } from '@iib-kit/server';
import type { ThumbnailErrorCode } from '@iib-kit/thumbnails';
import { describe, expect, test } from 'vitest';

import { documentNamed } from './documents/documents.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const { text } = documentNamed('docs/errors.md');

/** The cells of the table that follows a comment. */
function rowsAfter(comment: string): string[][] {
  const table = text.split(`<!-- ${comment} -->`)[1]?.split('<!-- end of')[0] ?? '';
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
}

// The compiler asks for what is missing of these, as no list of them is exported.
const thumbnailErrorCodes = Object.keys({
  'not-found': true,
  'not-a-file': true,
  unreadable: true,
  'not-an-image': true,
  'not-a-video': true,
  'no-video-stream': true,
  truncated: true,
  unsupported: true,
  'too-large': true,
  'external-reference': true,
  timeout: true,
  crashed: true,
  'queue-full': true,
  'no-video-decoder': true,
  'renderer-unavailable': true,
  'cache-unwritable': true,
  closed: true,
} satisfies Record<ThumbnailErrorCode, true>);
const clientErrorCodes = Object.keys({
  refused: true,
  'unknown-host': true,
  certificate: true,
  'wrong-protocol': true,
  unreachable: true,
  timeout: true,
  interrupted: true,
  'stream-cut': true,
  'redirect-loop': true,
  'wrong-base-url': true,
  'not-this-api': true,
  'unexpected-shape': true,
} satisfies Record<ClientErrorCode, true>);

test.each([
  ['IndexError', indexErrorCodes],
  ['ThumbnailError', thumbnailErrorCodes],
  ['ClusteringError', clusteringErrorCodes],
  ['MetadataError', metadataErrorCodes],
  ['ClientError', clientErrorCodes],
] as const)('the table of %s has every code, and says what to do', (name, codes) => {
  const rows = rowsAfter(`codes: ${name}`);
  expect(rows.map(([code]) => code)).toEqual(codes);
  expect(rows.flat().filter((cell) => cell === '')).toEqual([]);
});

test('the table of ApiError has what each status is called', () => {
  const rows = rowsAfter('codes: ApiError');
  const statuses = rows.map(([, status]) => (status === 'any other' ? 418 : Number(status)));
  expect(rows.map(([code]) => code)).toEqual(statuses.map((status) => new ApiError(status, '').code));
  const listed = rowsAfter('statuses').map(([status]) => Number(status));
  expect(listed.filter((status) => !statuses.includes(status))).toEqual([405, 415]);
});

test('the table of statuses has those that endpoints declare', () => {
  const declared = new Set<number>(
    Object.values(api)
      .flatMap((group) => Object.values<{ errors: readonly number[] }>(group))
      .flatMap(({ errors }) => errors),
  );
  const always = [400, 401, 403, 404, 405, 408, 413, 415, 422, 429, 500, 503, 507];
  const statuses = rowsAfter('statuses').map(([status]) => Number(status));
  expect(statuses).toEqual([...new Set([...declared, ...always])].sort((a, b) => a - b));
});

describe('the server answers the status of the table for', () => {
  const rows = ['IndexError', 'ThumbnailError', 'ClusteringError'].flatMap((name) =>
    rowsAfter(`codes: ${name}`).map(([code = '', status]) => [name, code, Number(status)] as const),
  );

  test('each code of its packages', async () => {
    const { folder, remove } = await temporaryFolder();
    let thrown: Error = new Error('none yet');
    const real = await openIndex({ path: path.join(folder, 'iib.db') });
    const failing: ImageIndex = { ...real, randomImages: () => Promise.reject(thrown) };
    const log = { warn() {}, error() {} };
    const app = await launchApp({ port: 0, index: failing, cacheDir: path.join(folder, 'cache'), log });
    const answered = [];
    for (const [name, code] of rows) {
      thrown = Object.assign(new IndexError('closed', 'for this test'), { name, code });
      const response = await fetch(`${app.url}/db/random_images`);
      answered.push([name, code, response.status]);
      await response.body?.cancel();
    }
    await app.close();
    await remove();
    expect(answered).toEqual(rows);
    expect(rows).toHaveLength(51);
  });
});
