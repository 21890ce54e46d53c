import type { api, Handlers } from '@iib-kit/contract';
import { MetadataError, readMetadata, toInfotext } from '@iib-kit/metadata';

import type { AllowedPath } from '../access/path-access.ts';
import type { RequestContext } from '../context.ts';
import type { Reply } from '../http/reply.ts';
import { exifTexts } from './exif-texts.ts';

export const imageMetadata: Handlers<typeof api, RequestContext, Reply>['imageMetadata'] = {
  async geninfo({ path }, context) {
    const file = await context.access.check(path);
    const stored = await context.index.infotexts([file.path]);
    return stored.get(file.path) ?? (await readInfotext(file, context));
  },

  async geninfoBatch({ paths }, context) {
    const files = await Promise.all(paths.map((path) => context.access.check(path)));
    const stored = await context.index.infotexts(files.map((file) => file.path));
    const texts = new Map<string, string>();
    for (const [position, file] of files.entries()) {
      texts.set(paths[position] ?? '', stored.get(file.path) ?? (await readInfotext(file, context)));
    }
    return Object.fromEntries(texts);
  },

  async exif({ path }, { access, request }) {
    const file = await access.check(path);
    try {
      const options = { exif: true, sidecars: false, stealth: 'never', signal: request.signal } as const;
      return exifTexts(await readMetadata(file.realPath, options));
    } catch (error) {
      if (error instanceof MetadataError) return {};
      throw error;
    }
  },

  async updateExif({ path, exif }, { access, index }) {
    const file = await access.check(path);
    await index.setInfotext(file.path, exif);
    return { success: true, message: 'stored in the index; the file is as it was' } as const;
  },
};

/** The text of a file that is not indexed; empty when it is not there or cannot be read. */
async function readInfotext(file: AllowedPath, { request }: RequestContext): Promise<string> {
  try {
    const metadata = await readMetadata(file.realPath, { signal: request.signal });
    // As the index stores it.
    return toInfotext(metadata, { extraInfo: false });
  } catch (error) {
    if (request.signal.aborted) throw error;
    return '';
  }
}
