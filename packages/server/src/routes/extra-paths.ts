import { stat } from 'node:fs/promises';

import type { api, ExtraPath, Handlers } from '@iib-kit/contract';

import { spelledPath } from '../access/path-access.ts';
import type { RequestContext } from './context.ts';
import { HttpError } from '../http/http-error.ts';
import type { Reply } from '../http/reply.ts';
import { type ExtraPath as IndexedFolder, systemPath } from '@iib-kit/catalog';
import { text } from '../ports/text.ts';

export const extraPaths: Handlers<typeof api, RequestContext, Reply>['extraPaths'] = {
  async list(_, { access, library }) {
    const known = library.extraPaths().filter((extra) => access.leadsToRoot(extra.path));
    return known.map(extraPathToResponse);
  },

  async add(input, { access, library, mayWidenAccess }) {
    const folder = mayWidenAccess ? spelledPath(input.path) : (await access.checkSpelled(input.path)).path;
    const stats = await stat(systemPath(folder)).catch(() => undefined);
    const name = JSON.stringify(input.path);
    if (stats === undefined) throw new HttpError(404, text(`${name} is not there`, `${name} 不存在`));
    if (!stats.isDirectory()) throw new HttpError(400, text(`${name} is not a folder`, `${name} 不是文件夹`));
    await library.add(folder, input.types);
    if (input.alias !== undefined) await library.setAlias(folder, input.alias);
    return null;
  },

  async remove(input, { library }) {
    const folder = spelledPath(input.path);
    const isAdded = library.extraPaths().some((extra) => extra.path === folder);
    if (!isAdded && library.givenFolders().includes(folder)) {
      const name = JSON.stringify(folder);
      throw new HttpError(
        400,
        text(`${name} was given when the server was started`, `${name} 是服务器启动时指定的`),
      );
    }
    await library.remove(folder, input.types);
    return null;
  },

  async setAlias(input, { library }) {
    return extraPathToResponse(await library.setAlias(spelledPath(input.path), input.alias));
  },
};

export function extraPathToResponse(extra: IndexedFolder): ExtraPath {
  return { path: extra.path, types: [...extra.types], alias: extra.alias };
}
