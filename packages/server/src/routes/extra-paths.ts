import { stat } from 'node:fs/promises';
import path from 'node:path';

import type { api, Handlers } from '@iib-kit/contract';

import type { RequestContext } from '../context.ts';
import { HttpError } from '../http/http-error.ts';
import type { Reply } from '../http/reply.ts';

export const extraPaths: Handlers<typeof api, RequestContext, Reply>['extraPaths'] = {
  async list(_, { library }) {
    return library
      .extraPaths()
      .map((extra) => ({ path: extra.path, types: [...extra.types], alias: extra.alias }));
  },

  async add(input, { access, library, mayWidenAccess }) {
    const folder = mayWidenAccess ? path.resolve(input.path) : (await access.check(input.path)).path;
    const stats = await stat(folder).catch(() => undefined);
    if (stats === undefined) throw new HttpError(404, `${JSON.stringify(input.path)} is not there`);
    if (!stats.isDirectory()) throw new HttpError(400, `${JSON.stringify(input.path)} is not a folder`);
    await library.add(folder, input.types);
    return null;
  },

  async remove(input, { library }) {
    await library.remove(path.resolve(input.path), input.types);
    return null;
  },
};
