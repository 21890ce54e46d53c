import { stat } from 'node:fs/promises';

import type { api, Handlers } from '@iib-kit/contract';

import type { RequestContext } from '../context.ts';
import { HttpError } from '../http/http-error.ts';
import { emptyReply, type Reply } from '../http/reply.ts';
import { sendFile } from '../http/send-file.ts';

/** Longest side of a thumbnail box in pixels. */
const MAX_BOX = 4096;

/** Private: what a key protects must not stay in shared caches. */
const FOREVER = 'private, max-age=31536000';
const REVALIDATE = 'private, no-cache';

export const media: Handlers<typeof api, RequestContext, Reply>['media'] = {
  async thumbnail({ path, t, size }, { access, thumbnails, request }) {
    const box = parseBox(size);
    const image = await access.check(path);
    const thumbnail = await thumbnails.thumbnailBytes(image.realPath, { ...box, signal: request.signal });
    const etag = `"${thumbnail.etag}"`;
    const headers = { etag, 'cache-control': t === undefined ? REVALIDATE : FOREVER };
    if (matchesEtag(request.headers['if-none-match'], etag)) return emptyReply(304, headers);
    return { status: 200, headers: { ...headers, 'content-type': 'image/webp' }, body: thumbnail.data };
  },

  async file({ path, t, disposition }, { access, request }) {
    const file = await access.check(path);
    const stats = await stat(file.realPath).catch(() => undefined);
    if (stats === undefined) throw new HttpError(404, `${JSON.stringify(path)} is not there`);
    if (!stats.isFile()) throw new HttpError(400, `${JSON.stringify(path)} is not a file`);
    return sendFile(request, file.realPath, {
      'cache-control': t === undefined ? REVALIDATE : FOREVER,
      'content-disposition': disposition === undefined ? 'inline' : attachment(disposition),
    });
  },
};

function parseBox(size: string): { width: number; height: number } {
  const match = /^(\d{1,4})x(\d{1,4})$/i.exec(size);
  const width = Number(match?.[1]);
  const height = Number(match?.[2]);
  if (!(width >= 1 && width <= MAX_BOX && height >= 1 && height <= MAX_BOX)) {
    throw new HttpError(
      400,
      `size must be WIDTHxHEIGHT, each 1 to ${MAX_BOX}, not ${JSON.stringify(size.slice(0, 40))}`,
    );
  }
  return { width, height };
}

function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((part) => ['*', etag, `W/${etag}`].includes(part.trim()));
}

/** RFC 6266 with RFC 8187 encoding, which covers every character. */
function attachment(name: string): string {
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename*=UTF-8''${encoded}`;
}
