import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

import { ThumbnailError } from '../thumbnail-error.ts';
import { withOpenSource } from './with-open-source.ts';

function prepared() {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'open-source-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of ['in/inner', 'out']) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'a.png'), name);
  }
  const within = [join(folder, 'in')];
  return { folder, within, source: join(folder, 'in/inner/a.png') };
}

function swap(folder: string): void {
  renameSync(join(folder, 'in/inner'), join(folder, 'in/away'));
  symlinkSync('../out', join(folder, 'in/inner'));
}

const onLinux = process.platform === 'linux';

test.skipIf(!onLinux)(
  'what is read is the file that was checked, whatever comes into its place',
  async () => {
    const { folder, within, source } = prepared();
    const text = await withOpenSource({ source, within }, async (task) => {
      swap(folder);
      return readFileSync(task.source, 'utf8');
    });
    expect(text).toBe('in/inner');
  },
);

test.skipIf(process.platform === 'win32')('a file that lies outside by now is not opened', async () => {
  const { folder, within, source } = prepared();
  swap(folder);
  const work = () => Promise.reject(new Error('opened'));
  await expect(withOpenSource({ source, within }, work)).rejects.toMatchObject({
    code: 'unreadable',
    path: source,
  });
  await expect(withOpenSource({ source: join(folder, 'in/none'), within }, work)).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(withOpenSource({ source: join(folder, 'in'), within }, work)).rejects.toMatchObject({
    code: 'not-a-file',
  });
});

test('errors name the file by its own path', async () => {
  const { within, source } = prepared();
  const fail = (task: { source: string }) =>
    Promise.reject(new ThumbnailError('truncated', `${task.source} ends early`, { path: task.source }));
  await expect(withOpenSource({ source, within }, fail)).rejects.toMatchObject({
    message: `${source} ends early`,
    path: source,
  });
});
