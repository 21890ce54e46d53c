import type { Dirent } from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

import type { api, Handlers } from '@iib-kit/contract';
import {
  extractIdAndSeed,
  groupBySeed,
  isSupportedFile,
  parseInfotext,
  readMetadata,
  toGenerationParameters,
  type ImageMetadata,
} from '@iib-kit/metadata';

import { isWithin, type AllowedPath } from '../access/path-access.ts';
import type { BaseDirectory } from '../seed-groups/base-directory.ts';
import type { RequestContext } from './context.ts';
import { errorCode } from '../ports/error-code.ts';
import { HttpError } from '../http/http-error.ts';
import type { Reply } from '../http/reply.ts';
import { sendFile } from '../http/files/send-file.ts';
import { text } from '../ports/text.ts';

/** How many texts are asked of the index, files read and directories counted together. */
const TEXTS_AT_ONCE = 1000;
const FILES_AT_ONCE = 16;
const DIRECTORIES_AT_ONCE = 8;

interface NamedImage {
  readonly name: string;
  readonly absolute: string;
  readonly realPath: string;
}

interface SeededImage extends NamedImage {
  readonly id: string | null;
  readonly seed: string | undefined;
}

export const seedGroups: Handlers<typeof api, RequestContext, Reply>['seedGroups'] = {
  async groups({ directory, size, cursor }, context) {
    const base = requireBase(context);
    const folder = await base.locate(directory);
    const { images } = await readDirectory(folder, directory);
    const seeded = await withSeeds(images, context);
    const all = groupBySeed(seeded.sort(byIdThenName));
    const after = parseCursor(cursor);
    const left = after === undefined ? all : all.filter((group) => BigInt(group.firstSeed) > after);
    const page = left.slice(0, size);
    const hasNext = left.length > page.length;
    const shape = ({ name, absolute }: NamedImage) => ({ name, path: base.relative(absolute) });
    return {
      directory: base.relative(folder.path),
      image_count: images.length,
      groups: page.map(({ firstSeed, lastSeed, items }) => ({
        first_seed: firstSeed,
        last_seed: lastSeed,
        count: items.length,
        images: items.map((image) => ({
          ...shape(image),
          id: image.id,
          seed: image.seed ?? '',
        })),
      })),
      without_seed: after === undefined ? seeded.filter((image) => image.seed === undefined).map(shape) : [],
      cursor: { has_next: hasNext, next: hasNext ? (page.at(-1)?.lastSeed ?? '') : '' },
    };
  },

  async image({ path: file, directory }, context) {
    const image = await requireImage(requireBase(context), directory, file);
    return sendFile(context.request, image, { cacheControl: 'private, no-cache' });
  },

  async metadata({ path: file, directory }, context) {
    const base = requireBase(context);
    const image = await requireImage(base, directory, file);
    const name = path.basename(image.path);
    const named = extractIdAndSeed(name);
    const metadata = await describeFile(image.realPath, context.request.signal);
    return {
      name,
      path: base.relative(image.path),
      id: named?.id ?? null,
      seed: plainSeed(named?.seed ?? metadata.generation?.seed) ?? null,
      ...toGenerationParameters({ generation: metadata.generation }),
      generator: metadata.generator ?? null,
      width: metadata.width ?? null,
      height: metadata.height ?? null,
    };
  },

  async directories({ path: directory }, context) {
    const base = requireBase(context);
    const folder = await base.locate(directory);
    const { images, folders } = await readDirectory(folder, directory);
    const directories = await inParts(folders, DIRECTORIES_AT_ONCE, async (name) => {
      context.request.signal.throwIfAborted();
      const inside = await base.locate(base.relative(path.join(folder.path, name))).catch(() => undefined);
      // What vanished, cannot be read, or is a link that leads out.
      const read =
        inside === undefined ? undefined : await readDirectory(inside, name).catch(() => undefined);
      if (inside === undefined || read === undefined) return [];
      return [{ name, path: base.relative(inside.path), ...countImages(read.images) }];
    });
    return {
      path: base.relative(folder.path),
      ...countImages(images),
      directories: directories.flat().sort((a, b) => (a.name < b.name ? -1 : 1)),
    };
  },
};

function requireBase({ baseDirectory }: RequestContext): BaseDirectory {
  if (baseDirectory !== undefined) return baseDirectory;
  throw new HttpError(
    404,
    text(
      'this server was started without a base directory (--base_dir)',
      '服务器启动时未指定基础目录（--base_dir）',
    ),
  );
}

async function requireImage(base: BaseDirectory, directory: string, file: string): Promise<AllowedPath> {
  const image = await base.locate(directory, file.replace(/^[/\\]+/, ''));
  const stats = await stat(image.realPath).catch(() => undefined);
  const name = JSON.stringify(file);
  if (stats === undefined) throw new HttpError(404, text(`${name} is not there`, `${name} 不存在`));
  if (!stats.isFile() || !isSupportedFile(image.path)) {
    throw new HttpError(400, text(`${name} is not an image or a video`, `${name} 不是图像或视频`));
  }
  return image;
}

/** Images and directories in a directory; links count for what they lead to, unless that lies outside. */
async function readDirectory(
  folder: AllowedPath,
  shown: string,
): Promise<{ images: NamedImage[]; folders: string[] }> {
  const images: NamedImage[] = [];
  const folders: string[] = [];
  try {
    for await (const entry of await opendir(folder.realPath, { bufferSize: 1024 })) {
      const realPath = path.join(folder.realPath, entry.name);
      const kind = entry.isSymbolicLink() ? await kindOfLink(realPath, folder.realPath) : kindOf(entry);
      if (kind === 'folder') folders.push(entry.name);
      else if (kind === 'file' && isSupportedFile(entry.name)) {
        images.push({ name: entry.name, absolute: path.join(folder.path, entry.name), realPath });
      }
    }
  } catch (cause) {
    throw refusal(cause, shown);
  }
  return { images, folders };
}

function kindOf(entry: Dirent): 'file' | 'folder' | undefined {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : undefined;
}

/** Of links only those to files beside them count: any other may lead out or around. */
async function kindOfLink(link: string, folder: string): Promise<'file' | undefined> {
  const target = await realpath(link).catch(() => undefined);
  if (target === undefined || !isWithin(target, folder)) return undefined;
  const stats = await stat(target).catch(() => undefined);
  return stats?.isFile() === true ? 'file' : undefined;
}

function refusal(cause: unknown, shown: string): unknown {
  const name = JSON.stringify(shown);
  const code = errorCode(cause);
  if (code === 'ENOENT') return new HttpError(404, text(`${name} is not there`, `${name} 不存在`), { cause });
  if (code === 'ENOTDIR')
    return new HttpError(400, text(`${name} is not a directory`, `${name} 不是目录`), { cause });
  if (code === 'EACCES' || code === 'EPERM') {
    return new HttpError(403, text(`${name} cannot be read by the server`, `服务器无法读取 ${name}`), {
      cause,
    });
  }
  return cause;
}

function countImages(images: readonly NamedImage[]): { image_count: number; counts: Record<string, number> } {
  const counts = new Map<string, number>();
  for (const { name } of images) {
    const extension = path.extname(name).toLowerCase();
    counts.set(extension, (counts.get(extension) ?? 0) + 1);
  }
  return {
    image_count: images.length,
    counts: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Seeds by name; for other names by what the index has stored, and for files it does not know by the file. */
async function withSeeds(
  images: readonly NamedImage[],
  { index, request }: RequestContext,
): Promise<SeededImage[]> {
  const seeded: SeededImage[] = [];
  const unnamed: NamedImage[] = [];
  for (const image of images) {
    const named = extractIdAndSeed(image.name);
    if (named === undefined) unnamed.push(image);
    else seeded.push({ ...image, id: named.id, seed: plainSeed(named.seed) });
  }
  for (let start = 0; start < unnamed.length; start += TEXTS_AT_ONCE) {
    request.signal.throwIfAborted();
    const part = unnamed.slice(start, start + TEXTS_AT_ONCE);
    const texts = await index.infotexts(part.map((image) => image.absolute));
    const described = await inParts(part, FILES_AT_ONCE, async (image): Promise<SeededImage> => {
      const stored = texts.get(image.absolute);
      const generation =
        stored === undefined
          ? (await describeFile(image.realPath, request.signal)).generation
          : parseInfotext(stored)?.generation;
      return { ...image, id: null, seed: plainSeed(generation?.seed) };
    });
    seeded.push(...described);
  }
  return seeded;
}

/** Empty for a file that cannot be read. */
async function describeFile(file: string, signal: AbortSignal): Promise<Partial<ImageMetadata>> {
  try {
    return await readMetadata(file, { signal });
  } catch (error) {
    if (signal.aborted) throw error;
    return {};
  }
}

/** Digits without zeros before them; undefined for what is no seed. */
function plainSeed(seed: string | undefined): string | undefined {
  return seed !== undefined && /^\d{1,39}$/.test(seed) ? BigInt(seed).toString() : undefined;
}

function byIdThenName(one: SeededImage, other: SeededImage): number {
  const [a, b] = [BigInt(one.id ?? -1), BigInt(other.id ?? -1)];
  if (a !== b) return a < b ? -1 : 1;
  return one.name < other.name ? -1 : Number(one.name > other.name);
}

function parseCursor(cursor: string): bigint | undefined {
  if (cursor === '') return undefined;
  if (/^\d{1,39}$/.test(cursor)) return BigInt(cursor);
  const shown = JSON.stringify(cursor);
  throw new HttpError(400, text(`not a cursor: ${shown}`, `不是有效的游标：${shown}`));
}

async function inParts<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += atOnce) {
    results.push(...(await Promise.all(items.slice(start, start + atOnce).map(work))));
  }
  return results;
}
