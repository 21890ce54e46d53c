import type { CallContext } from '@iib-kit/threads';

import { isThumbnailError, ThumbnailError } from '../thumbnail-error.ts';
import type { RenderResult, RenderTask } from './render-task.ts';
import { runTask } from './run-task.ts';

/** What a render process does. */
export const renderMethods = {
  /**
   * Reports once, when at most a file has to be written, how many bytes of memory the process holds: the next task that
   * arrives meanwhile is begun without a wait.
   */
  async render(task: RenderTask, { report }: CallContext<number>): Promise<RenderResult<RenderTask>> {
    let isReported = false;
    const reportOnce = (): void => {
      if (!isReported) report(process.memoryUsage.rss());
      isReported = true;
    };
    try {
      return await runTask(task, reportOnce);
    } catch (error) {
      throw asTaskError(error, task.source);
    } finally {
      reportOnce();
    }
  },
};
export type RenderMethods = typeof renderMethods;

function asTaskError(error: unknown, path: string): ThumbnailError {
  const code = isThumbnailError(error) ? error.code : 'crashed';
  return new ThumbnailError(code, error instanceof Error ? error.message : String(error), { path });
}
