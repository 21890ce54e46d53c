import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { etagOf } from './front-end-files.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { PageHandler } from '../http/dispatch.ts';
import { ifChanged } from '../http/files/if-changed.ts';
import type { Reply } from '../http/reply.ts';
import { frameAncestors } from '../http/security/security-headers.ts';
import { escapeHtml } from './escape-html.ts';
import { relativeBase } from './relative-base.ts';

/** Nothing comes from elsewhere, and nothing in the page runs or styles it but its own files. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; " +
  "font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'self'; form-action 'none'";

/** Best first; `''` is the file as it is. */
const encodings = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** The application of `@iib-kit/web` at the base: its page for every view, and its files. */
export async function loadWebApp(framedBy: readonly string[]): Promise<PageHandler> {
  const folder = fileURLToPath(new URL('dist', import.meta.resolve('@iib-kit/web/package.json')));
  const html = await readFile(path.join(folder, 'index.html'), 'utf8');
  const views = new Set(JSON.parse(await readFile(path.join(folder, 'views.json'), 'utf8')) as string[]);
  const names = new Set(await readdir(path.join(folder, 'assets')));
  const bytesOf = keptReader(path.join(folder, 'assets'));
  const pageAt = (base: string, eventCursor: string): Reply => {
    const body = html.replaceAll('{{base}}', escapeHtml(base)).replace('{{event-cursor}}', eventCursor);
    return {
      status: 200,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        etag: etagOf(body),
        'content-security-policy': `${policy}; ${frameAncestors(framedBy)}`,
      },
      body,
    };
  };

  return async (request, { streams }) => {
    const [, first = '', second, ...more] = request.path.split('/');
    if (first === '' || views.has(first)) {
      return { reply: ifChanged(request, pageAt(relativeBase(request), streams.cursor())), isOpen: true };
    }
    const type = contentTypes[path.extname(second ?? '')];
    if (first !== 'assets' || second === undefined || more.length > 0 || type === undefined) return undefined;
    if (!names.has(second)) return undefined;
    const encoding = encodings.find(
      ({ name, suffix }) => names.has(second + suffix) && accepts(request, name),
    );
    const body = await bytesOf(second + (encoding?.suffix ?? ''));
    const reply: Reply = {
      status: 200,
      headers: {
        'content-type': type,
        // Another content has another name.
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'accept-encoding',
        etag: etagOf(body),
        ...(encoding === undefined ? {} : { 'content-encoding': encoding.name }),
      },
      body,
    };
    return { reply: ifChanged(request, reply), isOpen: true };
  };
}

/** Reads a file at its first use and keeps it: all of them are less than a megabyte. */
function keptReader(folder: string): (name: string) => Promise<Buffer> {
  const kept = new Map<string, Promise<Buffer>>();
  return (name) => {
    const known = kept.get(name);
    if (known !== undefined) return known;
    const reading = readFile(path.join(folder, name));
    kept.set(name, reading);
    reading.catch(() => kept.delete(name));
    return reading;
  };
}

/** A quality of 0 refuses; other qualities do not matter, for all are at hand. */
function accepts({ headers }: ApiRequest, encoding: string): boolean {
  return (headers['accept-encoding'] ?? '').split(',').some((part) => {
    const [name, quality = 'q=1'] = part.split(';').map((text) => text.trim().toLowerCase());
    return name === encoding && !/^q=0(?:\.0*)?$/.test(quality);
  });
}
