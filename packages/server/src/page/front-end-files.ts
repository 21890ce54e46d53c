import { createHash } from 'node:crypto';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

import { mediaFormat } from '@iib-kit/metadata/media-kinds';

import { isWithin } from '../access/path-access.ts';
import { errorCode } from '../ports/error-code.ts';

/** Most files and bytes of a front end; the build of IIB has about a hundred files and ten megabytes. */
export const MAX_FRONT_END_FILES = 5000;
export const MAX_FRONT_END_BYTES = 256 * 1024 * 1024;

/** A file of a front end as it is built. */
export interface FrontEndFile {
  /** In the folder, with `/` between its parts. */
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  /** Whether its text names the base path, which is another here. */
  readonly isText: boolean;
}

/**
 * Reads a built front end. Links that lead out of the folder are left out.
 * @throws RangeError naming the option for a folder that holds none, or too much
 */
export async function readFrontEnd(folder: string): Promise<ReadonlyMap<string, FrontEndFile>> {
  const root = await realpath(folder).catch((cause: unknown) => {
    throw new RangeError(`option feDir: ${folder} cannot be read (${errorCode(cause) ?? 'unknown'})`, {
      cause,
    });
  });
  const files = new Map<string, FrontEndFile>();
  let size = 0;
  for await (const file of filesIn(root)) {
    const { size: bytes } = await stat(file);
    size += bytes;
    if (files.size >= MAX_FRONT_END_FILES || size > MAX_FRONT_END_BYTES) {
      throw new RangeError(
        `option feDir: ${folder} is no build of a front end: it holds more than ${MAX_FRONT_END_FILES} files or ` +
          `${MAX_FRONT_END_BYTES} bytes`,
      );
    }
    const name = path.relative(root, file).replaceAll(path.sep, '/');
    const extension = path.extname(name).toLowerCase();
    const type = contentTypes[extension] ?? mediaFormat(name)?.mediaType ?? 'application/octet-stream';
    files.set(name, { name, type, bytes: await readFile(file), isText: withBase.has(extension) });
  }
  if (!files.has('index.html')) throw new RangeError(`option feDir: ${folder} has no index.html`);
  return files;
}

async function* filesIn(root: string): AsyncGenerator<string> {
  const entries = await readdir(root, { withFileTypes: true, recursive: true }).catch((cause: unknown) => {
    throw new RangeError(`option feDir: ${root} is not a folder that can be read`, { cause });
  });
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile()) yield file;
    else if (entry.isSymbolicLink() && (await leadsToFileIn(root, file))) yield file;
  }
}

async function leadsToFileIn(root: string, link: string): Promise<boolean> {
  const target = await realpath(link).catch(() => undefined);
  return target !== undefined && isWithin(target, root) && (await stat(target)).isFile();
}

/** A strong entity tag. */
export function etagOf(bytes: Uint8Array | string): string {
  return `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
}

const withBase: ReadonlySet<string> = new Set(['.html', '.js', '.mjs']);

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.otf': 'font/otf',
};
