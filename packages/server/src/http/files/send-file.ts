import path from 'node:path';

import type { ApiRequest } from '../api-request.ts';
import { parseByteRange } from './byte-range.ts';
import { FilePart } from './file-part.ts';
import { HttpError } from '../http-error.ts';
import { mediaTypeOf } from './media-type.ts';
import { type LocatedFile, openFile, type OpenFile } from './open-file.ts';
import { evaluatePreconditions, isRangeCurrent, type Validators } from './preconditions.ts';
import { emptyReply, type Reply } from '../reply.ts';

export interface SendFileOptions {
  readonly cacheControl: string;
  /** Name to save it under, asking the browser to; undefined shows it in the page. */
  readonly saveAs?: string | undefined;
}

/** What is shorter is read at once: one answer from memory costs less than a stream. */
const AT_ONCE = 128 * 1024;

/** A file as a reply, with ranges and conditions after RFC 9110. Several ranges at once are answered with the whole. */
export async function sendFile(
  request: Pick<ApiRequest, 'headers' | 'method'>,
  located: LocatedFile,
  { cacheControl, saveAs }: SendFileOptions,
): Promise<Reply> {
  const { path: file } = located;
  const opened = await openFile(located);
  try {
    const validators = validatorsOf(opened);
    const name = encodeName(saveAs ?? path.basename(file));
    const headers: Record<string, string> = {
      'accept-ranges': 'bytes',
      'cache-control': cacheControl,
      etag: validators.etag,
      'last-modified': opened.stats.mtime.toUTCString(),
      'content-type': mediaTypeOf(file),
      'content-disposition': `${saveAs === undefined ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
    };
    const reply = await answer(request, opened, validators, headers);
    if (!(reply.body instanceof FilePart)) await opened.close();
    return reply;
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function answer(
  { headers: asked, method }: Pick<ApiRequest, 'headers' | 'method'>,
  file: OpenFile,
  validators: Validators,
  headers: Record<string, string>,
): Promise<Reply> {
  const { size } = file.stats;
  const outcome = evaluatePreconditions(asked, validators);
  if (outcome === 'failed') return emptyReply(412);
  if (outcome === 'not-modified') {
    const { etag = '', 'cache-control': cacheControl = '', 'last-modified': modified = '' } = headers;
    return emptyReply(304, { etag, 'cache-control': cacheControl, 'last-modified': modified });
  }
  const isRange = asked.range !== undefined && isRangeCurrent(asked, validators);
  const range = isRange ? parseByteRange(asked.range ?? '', size) : undefined;
  if (range === 'unsatisfiable') {
    const { etag = '' } = headers;
    return emptyReply(416, { etag, 'content-range': `bytes */${size}`, 'accept-ranges': 'bytes' });
  }
  const start = range?.first ?? 0;
  const length = range === undefined ? size : range.last - range.first + 1;
  headers['content-length'] = String(length);
  if (range !== undefined) headers['content-range'] = `bytes ${range.first}-${range.last}/${size}`;
  const status = range === undefined ? 200 : 206;
  if (method === 'HEAD') return { status, headers, body: undefined };
  const body = length <= AT_ONCE ? await readPart(file, start, length) : new FilePart(file, start, length);
  return { status, headers, body };
}

async function readPart(file: OpenFile, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let filled = 0; filled < length;) {
    const count = await file.read(bytes.subarray(filled), start + filled);
    if (count === 0) throw new HttpError(409, 'the file became shorter while it was read');
    filled += count;
  }
  return bytes;
}

/** Content that is written anew changes the time, content that is moved into its place the number of the file. */
function validatorsOf({ stats }: OpenFile): Validators {
  const parts = [stats.size, stats.mtimeMs, stats.ino].map((value) => value.toString(36));
  return { etag: `"${parts.join('-')}"`, modified: stats.mtimeMs };
}

/** RFC 8187, which covers every character. */
function encodeName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
