import { basename } from 'node:path';

import type { api, Handlers } from '@iib-kit/contract';
import { systemPath } from '@iib-kit/catalog';
import {
  type FileReadOptions,
  MetadataError,
  parseInfotext,
  readMetadata,
  toInfotext,
  type ImageMetadata,
} from '@iib-kit/metadata';

import type { AllowedPath } from '../access/path-access.ts';
import type { RequestContext } from './context.ts';
import { openFile } from '../http/files/open-file.ts';
import { HttpError } from '../http/http-error.ts';
import type { Reply } from '../http/reply.ts';
import { descriptionToResponse } from './responses/description-to-response.ts';
import { exifTexts } from './responses/exif-texts.ts';

const nothingSaid: ImageMetadata = {
  container: undefined,
  width: undefined,
  height: undefined,
  embedded: [],
  generator: undefined,
  generation: undefined,
  aiGenerated: undefined,
  alternatives: [],
  warnings: [],
};

export const imageMetadata: Handlers<typeof api, RequestContext, Reply>['imageMetadata'] = {
  async geninfo({ path }, context) {
    const file = await context.access.checkSpelled(path);
    const stored = await context.index.infotexts([file.path]);
    return stored.get(file.path) ?? (await readInfotext(file, context));
  },

  async geninfoBatch({ paths }, context) {
    const files = await Promise.all(paths.map((path) => context.access.checkSpelled(path)));
    const stored = await context.index.infotexts(files.map((file) => file.path));
    const texts = new Map<string, string>();
    for (const [position, file] of files.entries()) {
      texts.set(paths[position] ?? '', stored.get(file.path) ?? (await readInfotext(file, context)));
    }
    return Object.fromEntries(texts);
  },

  async describe({ path }, context) {
    const file = await context.access.checkSpelled(path);
    const metadata = await readKnown({ ...file, path }, context.request.signal);
    const own = (await context.index.ownInfotexts([file.path])).get(file.path);
    // As the index stores what it reads from the file.
    if (own !== undefined && own !== toInfotext(metadata, { extraInfo: false }))
      return descriptionToResponse({ ...metadata, ...describeText(own) }, { isEdited: true });
    // A caption beside a file that says nothing itself.
    const stored = metadata.generation ? '' : (await context.index.infotexts([file.path])).get(file.path);
    return descriptionToResponse(stored ? { ...metadata, ...describeText(stored) } : metadata);
  },

  async exif({ path }, { access, request }) {
    const file = await access.checkSpelled(path);
    try {
      const options = { exif: true, sidecars: false, stealth: 'never', signal: request.signal } as const;
      return exifTexts(await readLocated(file, options));
    } catch (error) {
      if (error instanceof MetadataError || error instanceof HttpError) return {};
      throw error;
    }
  },

  async updateExif({ path, exif }, context) {
    const file = await context.access.checkSpelled(path);
    if (exif === '' || exif === (await readInfotext(file, context))) {
      await context.index.setInfotext(file.path, undefined);
      await readAgain(file.path, context);
    } else await context.index.setInfotext(file.path, exif);
    return { success: true, message: 'stored in the index; the file is as it was' } as const;
  },
};

/** The text of a file that is not indexed; empty when it is not there or cannot be read. */
async function readInfotext(file: AllowedPath, { request }: RequestContext): Promise<string> {
  try {
    const metadata = await readLocated(file, { signal: request.signal });
    // As the index stores it.
    return toInfotext(metadata, { extraInfo: false });
  } catch (error) {
    if (request.signal.aborted) throw error;
    return '';
  }
}

/** A file that cannot be read now, such as one on a drive that is away, is read by the next update. */
async function readAgain(path: string, { index, library, log }: RequestContext): Promise<void> {
  try {
    await index.readPaths([path], { roots: library.folders(), linkTargets: library.linkTargets });
  } catch (err) {
    log.warn({ err }, 'a file whose text counts again could not be read yet');
  }
}

/** What a file says; nothing where it is of no known kind. Throws `HttpError` where it cannot be opened. */
async function readKnown(file: AllowedPath, signal: AbortSignal): Promise<ImageMetadata> {
  try {
    return await readLocated(file, { signal });
  } catch (error) {
    if (error instanceof MetadataError) return nothingSaid;
    throw error;
  }
}

/** A text without settings is a prompt alone. */
function describeText(infotext: string): Pick<ImageMetadata, 'generator' | 'generation'> {
  return parseInfotext(infotext) ?? { generator: undefined, generation: { prompt: infotext } };
}

/** The reader takes paths as text; what is named otherwise it reads without the descriptions beside it. */
async function readLocated(file: AllowedPath, options: FileReadOptions): Promise<ImageMetadata> {
  const { realPath, within } = file;
  const opened = await openFile(file);
  try {
    const read = async (position: number, length: number) => {
      const bytes = Buffer.allocUnsafeSlow(Math.max(0, Math.min(length, opened.stats.size - position)));
      return bytes.subarray(0, await opened.read(bytes, position));
    };
    const source = { size: opened.stats.size, name: basename(realPath), read };
    const isText = typeof systemPath(realPath) === 'string';
    return await readMetadata(source, {
      ...options,
      ...(isText && { path: realPath }),
      ...(within && { within: within.folders }),
    });
  } finally {
    await opened.close();
  }
}
