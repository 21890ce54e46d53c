import { perceptualHash } from './perceptual-hash.ts';
import { renderImage } from './render-image.ts';
import type { PictureTask, RenderResult, RenderTask } from './render-task.ts';
import { renderVideo } from './render-video.ts';
import { openVideo } from './video/open-video.ts';
import { writeEntry } from './write-entry.ts';

/** Does what `task` asks for. */
export async function runTask(task: RenderTask): Promise<RenderResult<RenderTask>> {
  switch (task.kind) {
    case 'image':
      return store(task, await renderImage(task));
    case 'video':
      return store(task, await renderVideo(task));
    case 'hash':
      return { hash: await perceptualHash(task.source) };
    case 'video-info': {
      const video = await openVideo(task);
      await video.close();
      return video.info;
    }
    default:
      return task satisfies never;
  }
}

async function store({ temp, target }: PictureTask, picture: Buffer): Promise<{ bytes: number }> {
  await writeEntry(temp, target, picture);
  return { bytes: picture.byteLength };
}
