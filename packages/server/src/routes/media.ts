import { stat } from 'node:fs/promises';
import path from 'node:path';

import { systemPath } from '@iib-kit/catalog';
import type { api, Handlers } from '@iib-kit/contract';
import { mediaKind } from '@iib-kit/thumbnails';

import type { RequestContext } from './context.ts';
import { naming } from '../files/disk/file-failure.ts';
import { generateThumbnails } from '../library/generate-thumbnails.ts';
import { HttpError } from '../http/http-error.ts';
import { mediaTypeOf } from '../http/files/media-type.ts';
import { evaluatePreconditions } from '../http/files/preconditions.ts';
import { emptyReply, type Reply } from '../http/reply.ts';
import { sendFile } from '../http/files/send-file.ts';
import { forEachAtOnce } from '../ports/for-each-at-once.ts';
import type { Picture } from '../ports/thumbnail-source.ts';
import { decodeImage } from './decode-image.ts';
import { parseBox } from './parse-box.ts';

/** Private: what a key protects must not stay in shared caches. */
const FOREVER = 'private, max-age=31536000';
const REVALIDATE = 'private, no-cache';

/** Folders of one request looked at together. */
const AT_ONCE = 16;

/** Of the answer to setting a cover, where nobody says which. */
const coverBox = { width: 512, height: 512 };

export const media: Handlers<typeof api, RequestContext, Reply>['media'] = {
  async thumbnail({ path: name, t, size }, { access, thumbnails, request }) {
    const box = parseBox(size);
    const { realPath, within } = await access.checkSpelled(name);
    const options = { ...box, within: within?.folders, signal: request.signal };
    const picture = await thumbnails.thumbnailBytes(realPath, options);
    return sendPicture(request, picture, t === undefined ? REVALIDATE : FOREVER);
  },

  async file({ path: name, t, disposition }, { access, request }) {
    return sendFile(request, await access.checkSpelled(name), {
      cacheControl: t === undefined ? REVALIDATE : FOREVER,
      saveAs: disposition,
    });
  },

  async image({ filename, path: name, t }, { access, request }) {
    const file = await access.checkSpelled(name);
    if (path.basename(file.path) !== filename) {
      throw new HttpError(400, `${JSON.stringify(filename)} is not the name of ${JSON.stringify(name)}`);
    }
    if (!mediaTypeOf(file.path).startsWith('image/')) {
      throw new HttpError(400, `${JSON.stringify(name)} is not an image`);
    }
    return sendFile(request, file, { cacheControl: t === undefined ? REVALIDATE : FOREVER });
  },

  async streamVideo({ path: name }, { access, request }) {
    return sendFile(request, await access.checkSpelled(name), { cacheControl: REVALIDATE });
  },

  async videoCover({ path: name, size }, { access, thumbnails, request }) {
    const box = parseBox(size);
    const { realPath, within } = await access.checkSpelled(name);
    const options = { ...box, within: within?.folders, signal: request.signal };
    const picture = await thumbnails.videoCoverBytes(realPath, options);
    // Another image may be set while the time of the video, and so the address, stays the same.
    return sendPicture(request, picture, REVALIDATE);
  },

  async setVideoCover({ path: name, base64_img }, { access, thumbnails, request }) {
    const { realPath, within } = await access.checkSpelled(name);
    if (mediaKind(realPath) !== 'video') throw new HttpError(400, `${JSON.stringify(name)} is not a video`);
    await thumbnails.setVideoCover(realPath, decodeImage(base64_img));
    const options = { ...coverBox, within: within?.folders, signal: request.signal };
    const picture = await thumbnails.videoCoverBytes(realPath, options);
    return { status: 200, headers: pictureHeaders(picture, REVALIDATE), body: picture.data };
  },

  async generateThumbnails({ folder_paths, size, images, videos }, context) {
    const box = parseBox(size);
    if (!images && !videos)
      throw new HttpError(400, 'images and videos are both false: nothing is to be made');
    const folders =
      folder_paths.length === 0 ? await libraryFolders(context) : await namedFolders(folder_paths, context);
    const within = (await context.access.confinement())?.folders;
    const { id, done } = generateThumbnails({ folders, box, images, videos, within }, context);
    // Its outcome is told by the job.
    done.catch(() => {});
    return { job_id: id };
  },
};

async function libraryFolders({ library }: RequestContext): Promise<readonly string[]> {
  const unavailable = await library.unavailable();
  return library.folders().filter((folder) => !unavailable.includes(folder));
}

/** Throws `HttpError` for one that is outside, not there or no folder. */
async function namedFolders(
  names: readonly string[],
  { access }: RequestContext,
): Promise<readonly string[]> {
  const folders = new Set<string>();
  await forEachAtOnce(AT_ONCE, names, async (name) => {
    const { path: folder, realPath } = await access.checkSpelled(name);
    const stats = await naming(name, () => stat(systemPath(realPath)));
    if (!stats.isDirectory()) throw new HttpError(400, `${JSON.stringify(name)} is not a folder`);
    folders.add(folder);
  });
  return [...folders];
}

function sendPicture(request: RequestContext['request'], picture: Picture, cacheControl: string): Reply {
  const headers = pictureHeaders(picture, cacheControl);
  const outcome = evaluatePreconditions(request.headers, { etag: headers.etag });
  if (outcome === 'failed') return emptyReply(412);
  if (outcome === 'not-modified') {
    return emptyReply(304, { etag: headers.etag, 'cache-control': cacheControl });
  }
  return { status: 200, headers, body: picture.data };
}

function pictureHeaders({ etag }: Picture, cacheControl: string) {
  return { etag: `"${etag}"`, 'cache-control': cacheControl, 'content-type': 'image/webp' };
}
