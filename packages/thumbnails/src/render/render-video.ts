import type { Sharp } from 'sharp';

import { ThumbnailError } from '../thumbnail-error.ts';
import { bestFrame } from './video/best-frame.ts';
import { openVideo } from './video/open-video.ts';
import type { VideoRequest } from './video/video-request.ts';
import { asRenderFailure } from './render-failure.ts';
import type { PictureTask } from './render-task.ts';
import { toWebp } from './to-webp.ts';

/** Draws the most telling of a few early frames into the box of `task` and gives the WebP bytes. */
export async function renderVideo(task: PictureTask): Promise<Buffer> {
  const path = task.source;
  try {
    // An edit list of no length hides the only frame of some one-frame clips.
    const frame = (await findFrame(task)) ?? (await findFrame({ ...task, ignoreEdits: true }));
    if (!frame) throw new ThumbnailError('truncated', `${path}: no frame can be decoded`, { path });
    return await toWebp(frame, task);
  } catch (error) {
    throw asRenderFailure(error, path);
  }
}

async function findFrame(
  request: PictureTask & Pick<VideoRequest, 'ignoreEdits'>,
): Promise<Sharp | undefined> {
  const video = await openVideo(request);
  try {
    return await bestFrame(video, request.searchMs);
  } finally {
    await video.close();
  }
}
