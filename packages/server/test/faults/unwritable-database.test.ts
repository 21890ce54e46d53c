import path from 'node:path';

import { openIndex } from '@iib-kit/index-db';
import { launchApp } from '@iib-kit/server';
import { expect, onTestFinished, test } from 'vitest';

import { infotext, makeImage } from '../helpers/make-image.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

/** A server whose database may not grow beyond what it is when it is empty. */
async function fullServer() {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const dbPath = path.join(folder, 'iib.db');
  const library = path.join(folder, 'library');
  for (let number = 0; number < 150; number += 1)
    await makeImage(path.join(library, `${number}.png`), {
      text: infotext(`word${number} `.repeat(300), number),
    });
  await (await openIndex({ path: dbPath })).close();
  const app = await launchApp({
    port: 0,
    extraPaths: [library],
    cacheDir: path.join(folder, 'cache'),
    index: () => openIndex({ path: dbPath, maxBytes: 1 }),
  });
  onTestFinished(() => app.close());
  const json = async (route: string, init: RequestInit = {}) => {
    const response = await fetch(app.url + route, {
      headers: { 'content-type': 'application/json' },
      ...init,
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return { dbPath, json };
}

test('an update for which the database has no room says so, with the file and what to do, and so does its job', async () => {
  const { dbPath, json } = await fullServer();
  const said = expect.stringMatching(/^There is no room left for the database; make room on its drive: /);
  expect(await json('/db/update_image_data', { method: 'POST', body: '{}' })).toEqual({
    status: 507,
    body: expect.objectContaining({ detail: said }),
  });
  const { body } = await json('/db/jobs');
  const [job] = body['jobs'] as { status: string; error: string }[];
  expect(job).toMatchObject({ status: 'failed', error: said });
  expect(job?.error).toContain(dbPath);
});
