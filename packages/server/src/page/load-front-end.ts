import { DEFAULT_BASE } from '@iib-kit/contract';
import { LRUCache } from 'lru-cache';

import { HttpError } from '../http/http-error.ts';
import type { PageHandler } from '../http/dispatch.ts';
import { ifChanged } from '../http/files/if-changed.ts';
import type { Reply } from '../http/reply.ts';
import { etagOf, readFrontEnd, type FrontEndFile } from './front-end-files.ts';

/** Where the files of the front end sit below the base. */
const STATIC = '/fe-static/';

/** For how many base paths the texts are kept ready; a host application has one for each place it mounts us at. */
const MAX_BASES = 8;

type Replies = ReadonlyMap<string, Reply>;

/**
 * Serves a built front end of IIB at the base, as it is but for the base path in its texts.
 * @throws RangeError naming the option for a folder that holds none
 */
export async function loadFrontEnd(
  folder: string,
  options: { readonly base: string; readonly framePolicy: string },
): Promise<PageHandler> {
  const files = await readFrontEnd(folder);
  const ready = new LRUCache<string, Replies>({ max: MAX_BASES });
  const repliesAt = (base: string): Replies => {
    const known = ready.get(base);
    if (known !== undefined) return known;
    const replies = new Map<string, Reply>();
    for (const file of files.values()) replies.set(file.name, fileReply(file, base, options.framePolicy));
    ready.set(base, replies);
    return replies;
  };
  repliesAt(options.base);

  return async (request) => {
    const name = fileName(request.path);
    if (name === undefined) return undefined;
    const reply = repliesAt(plainBase(request.base)).get(name);
    if (reply === undefined) throw new HttpError(404, `${JSON.stringify(name.slice(0, 300))} is not there`);
    return { reply: ifChanged(request, reply), isOpen: true };
  };
}

/** Undefined for a path that is not the front end's. */
function fileName(path: string): string | undefined {
  if (path === '') return 'index.html';
  if (!path.startsWith(STATIC)) return undefined;
  try {
    return decodeURIComponent(path.slice(STATIC.length));
  } catch {
    return path.slice(STATIC.length);
  }
}

/** What goes into scripts must not be able to end a string there: a mount path may hold what the client sent. */
function plainBase(base: string): string {
  if (/^[\w.~%\-/]*$/.test(base)) return base;
  throw new HttpError(404, 'the front end is not there');
}

function fileReply({ name, type, bytes, isText }: FrontEndFile, base: string, framePolicy: string): Reply {
  const body = isText ? Buffer.from(bytes.toString('utf8').replaceAll(DEFAULT_BASE, base)) : bytes;
  return {
    status: 200,
    headers: {
      'content-type': type,
      'cache-control': isHashed(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
      etag: etagOf(body),
      // The front end brings what it needs itself; nothing may be taken from elsewhere as a plug-in or a new base.
      'content-security-policy': `object-src 'none'; base-uri 'self'; ${framePolicy}`,
    },
    body,
  };
}

/** Vite puts a hash of the content into the names of assets: another content is another name. */
function isHashed(name: string): boolean {
  return /(?:^|\/)assets\/.*[-.](?=[\w-]*[\dA-Z])[\w-]{8}\.\w+$/.test(name);
}
