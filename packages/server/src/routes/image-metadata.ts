import type { api, Handlers } from '@iib-kit/contract';
import { readMetadata, toInfotext } from '@iib-kit/metadata';

import type { AllowedPath } from '../access/path-access.ts';
import type { RequestContext } from '../context.ts';
import type { Reply } from '../http/reply.ts';

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
