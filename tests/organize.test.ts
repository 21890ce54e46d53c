import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { createClient } from '@iib-kit/client';
import { launchApp } from '@iib-kit/server';
import { expect, onTestFinished, test } from 'vitest';

import { makeLibrary } from './helpers/make-library.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

test('images are sorted and brought back through the client', async () => {
  const { folder, remove } = await temporaryFolder();
  const library = path.join(folder, 'library');
  await makeLibrary(library, {
    'fox-1.png': 'a red fox asleep in deep snow, pine forest, winter morning',
    'fox-2.png': 'a red fox asleep in deep snow, pine forest, winter evening',
    'robot.png': 'portrait of a chrome android reading a newspaper',
  });
  const app = await launchApp({
    port: 0,
    extraPaths: [library],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  });
  onTestFinished(async () => {
    await app.close();
    await remove();
  });
  await app.service.library.update();
  const client = createClient({ baseUrl: app.url });
  const { job_id } = await client.organize.start({ folder_paths: [library], threshold: '0.85' });
  const comesTo = async (stage: string) => {
    for (let tries = 0; tries < 2000; tries += 1) {
      const now = await client.organize.status({ job_id });
      if (now.stage === stage && now.status === 'completed') return now;
      expect(now.error).toBeNull();
      await delay(10);
    }
    return expect.fail(`it never came to ${stage}`);
  };
  const { preview } = await comesTo('preview_ready');
  expect(preview).toMatchObject({ total_files: 3, noise: { size: 1 } });
  await client.organize.confirm({ job_id });
  expect((await comesTo('done')).result?.moved_count).toBe(3);
  await client.organize.undo({ job_id });
  expect((await comesTo('undone')).result?.undo).toEqual({ restored_count: 3, errors: [] });
  const { files } = await client.fileSystem.list({ folder_path: library });
  expect(files.map((file) => file.name).sort()).toEqual(['fox-1.png', 'fox-2.png', 'robot.png']);
});
