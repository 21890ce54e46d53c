import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Updates } from '../roles/updates.ts';
import { watchFolders } from './watch-folders.ts';

it('a watch goes on where the index does not say for a while where drives were', async () => {
  const root = mkdtempSync(join(tmpdir(), 'catalog-watch-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const unhandled = vi.fn<(reason: unknown) => void>();
  process.on('unhandledRejection', unhandled);
  onTestFinished(() => void process.off('unhandledRejection', unhandled));
  const mountPoints = vi.fn<() => Promise<readonly string[]>>().mockResolvedValue([]);
  const update = vi.fn<Updates['update']>();
  const watch = await watchFolders([root], { update, mountPoints, excludes: () => false }, { pollMs: 10 });
  mountPoints.mockRejectedValue(new Error('The thread ended'));
  const asked = mountPoints.mock.calls.length;
  await expect.poll(() => mountPoints.mock.calls.length).toBeGreaterThan(asked + 2);
  writeFileSync(join(root, 'new.png'), '');
  await expect.poll(() => update.mock.calls.length).toBeGreaterThan(0);
  await watch.close();
  expect(unhandled).not.toHaveBeenCalled();
});
