import { basename } from 'node:path';

import { isThumbnailError } from '../thumbnail-error.ts';
import type { RenderReply, RenderResult, RenderTask } from './render-task.ts';

async function serve(): Promise<void> {
  // In here a missing sharp becomes an answer; a static import would end the process without one.
  const { runTask } = await import('./run-task.ts');
  process.on('message', (task: RenderTask) => {
    void answer(runTask(task, () => send({ type: 'drawn', rss: process.memoryUsage.rss() })));
  });
  send({ type: 'ready' });
}

async function answer(running: Promise<RenderResult<RenderTask>>): Promise<void> {
  try {
    const result = await running;
    send({ type: 'done', result, rss: process.memoryUsage.rss() });
  } catch (error) {
    const code = isThumbnailError(error) ? error.code : 'crashed';
    const message = error instanceof Error ? error.message : String(error);
    send({ type: 'failed', code, message, rss: process.memoryUsage.rss() });
  }
}

function send(reply: RenderReply): void {
  process.send?.(reply);
}

// A decoder that hangs would keep process.exit() waiting for its thread.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

process.title = basename(import.meta.url);
serve().catch((error: unknown) => {
  send({ type: 'unavailable', message: error instanceof Error ? error.message : String(error) });
});
