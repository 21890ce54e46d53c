import { stat } from 'node:fs/promises';
import path from 'node:path';

import type { api, ExtraPath, Handlers } from '@iib-kit/contract';

import type { RequestContext } from '../context.ts';
import { HttpError } from '../http/http-error.ts';
import type { Reply } from '../http/reply.ts';
import type { IndexExtraPath } from '../image-index.ts';

export const extraPaths: Handlers<typeof api, RequestContext, Reply>['extraPaths'] = {
  async list(_, { library }) {
    return library.extraPaths().map(extraPathShape);
  },

  async add(input, { access, library, mayWidenAccess }) {
    const folder = mayWidenAccess ? path.resolve(input.path) : (await access.check(input.path)).path;
    const stats = await stat(folder).catch(() => undefined);
    if (stats === undefined) throw new HttpError(404, `${JSON.stringify(input.path)} is not there`);
    if (!stats.isDirectory()) throw new HttpError(400, `${JSON.stringify(input.path)} is not a folder`);
    await library.add(folder, input.types);
    if (input.alias !== undefined) await library.setAlias(folder, input.alias);
    return null;
  },

  async remove(input, { library }) {
    const folder = path.resolve(input.path);
    const isAdded = library.extraPaths().some((extra) => extra.path === folder);
    if (!isAdded && library.givenFolders().includes(folder)) {
      throw new HttpError(400, `${JSON.stringify(folder)} was given when the server was started`);
    }
    await library.remove(folder, input.types);
    return null;
  },

  async setAlias(input, { library }) {
    return extraPathShape(await library.setAlias(path.resolve(input.path), input.alias));
  },
};

export function extraPathShape(extra: IndexExtraPath): ExtraPath {
  return { path: extra.path, types: [...extra.types], alias: extra.alias };
}
