import { renderImage } from './render-image.ts';
import type { Rendered, RenderTask } from './render-task.ts';
import { writeEntry } from './write-entry.ts';

/** Makes the picture that `task` asks for and puts it into the cache. */
export async function runTask(task: RenderTask): Promise<Rendered> {
  const bytes = await renderImage(task);
  await writeEntry(task.temp, task.target, bytes);
  return { bytes: bytes.byteLength };
}
