import { contentDigest, coverExtent } from './content-digest.ts';
import { contentEntry, readContent } from './content-entry.ts';
import { linkEntry, removeOutdated, takeOver } from './entry-names.ts';
import { perceptualHash } from './perceptual-hash.ts';
import { renderImage } from './render-image.ts';
import type { PictureResult, PictureTask, RenderResult, RenderTask } from './render-task.ts';
import { renderVideo } from './render-video.ts';
import { openVideo } from './video/open-video.ts';
import { withOpenSource } from './with-open-source.ts';
import { bytesAt, writeEntry } from './write-entry.ts';

/** Does what `task` asks for; `onDrawn` is called when only a file has to be written. */
export async function runTask(task: RenderTask, onDrawn: () => void): Promise<RenderResult<RenderTask>> {
  switch (task.kind) {
    case 'image':
    case 'video':
      return picture(task, onDrawn);
    case 'hash':
      return { hash: await perceptualHash(await draw(task.picture, onDrawn)) };
    case 'content':
      return withOpenSource(task, ({ source }) =>
        Promise.resolve({ digest: contentDigest(source, coverExtent).digest }),
      );
    case 'video-info': {
      return withOpenSource(task, async (opened) => {
        const video = await openVideo(opened);
        await video.close();
        return video.info;
      });
    }
    default:
      return task satisfies never;
  }
}

async function picture(task: PictureTask, onDrawn: () => void): Promise<PictureResult> {
  const { target, replace, elsewhere } = task;
  // Another process, or a render that ended while we looked, may have made it by now.
  const there = replace || target === undefined ? 0 : bytesAt(target);
  if (there > 0) return { bytes: there, drawn: false };
  if (target === undefined || elsewhere === undefined || replace) {
    const webp = await draw(task, onDrawn);
    return { bytes: webp.byteLength, drawn: true, ...placed(task, webp) };
  }
  if (takeOver(elsewhere.earlier, target)) return { bytes: bytesAt(target), drawn: false };
  return withOpenSource(task, async (opened) => {
    const content = readContent(opened);
    const known = content && contentEntry(elsewhere, content.digest);
    if (known !== undefined && linkEntry(known, target)) return { bytes: bytesAt(target), drawn: false };
    const webp = await draw({ ...opened, within: undefined }, onDrawn);
    const result = { bytes: webp.byteLength, drawn: true, ...placed(task, webp) };
    if (known !== undefined && content?.isUnchanged()) linkEntry(target, known);
    removeOutdated(target);
    return result;
  });
}

async function draw(task: PictureTask, onDrawn: () => void): Promise<Buffer> {
  const webp = await withOpenSource(task, task.kind === 'image' ? renderImage : renderVideo);
  onDrawn();
  return webp;
}

/** Writes a picture where it belongs, or gives it back. */
function placed(
  { temp, target, mayStayUnwritten }: PictureTask,
  webp: Buffer,
): Pick<PictureResult, 'webp' | 'reason'> {
  if (target === undefined) return { webp: webp.toString('base64') };
  try {
    writeEntry(temp, target, webp);
    return {};
  } catch (error) {
    if (!mayStayUnwritten || !(error instanceof Error)) throw error;
    return { webp: webp.toString('base64'), reason: error.message };
  }
}
