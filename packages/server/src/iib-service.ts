import { api } from '@iib-kit/contract';
import { openIndex } from '@iib-kit/index-db';
import { createThumbnailer } from '@iib-kit/thumbnails';

import { restrictedAccess, unrestrictedAccess } from './access/path-access.ts';
import { secretKeyCheck } from './access/secret-key.ts';
import type { ServiceContext } from './context.ts';
import { renderersOf } from './dialects/dialect.ts';
import type { ApiRequest } from './http/api-request.ts';
import { createDispatch } from './http/dispatch.ts';
import type { Reply } from './http/reply.ts';
import { routeTable } from './http/route-table.ts';
import type { ImageIndex } from './image-index.ts';
import { openLibrary, type Library } from './library.ts';
import { loadPages } from './page/load-page.ts';
import { handlers } from './routes/handlers.ts';
import { tagAsCache } from './tag-as-cache.ts';
import { resolveServiceOptions, type IibOptions, type ServiceOptions } from './service-options.ts';

/** The API without a framework: answers requests and holds the index until it is closed. */
export interface IibService {
  /** URL path that the API sits below; `''` for none. */
  readonly base: string;
  readonly library: Library;
  /** Answers a request, also with an error; undefined when its path is none of the API's. Never throws. */
  handle(request: ApiRequest): Promise<Reply | undefined>;
  /** Ends runs and workers and closes the index. Further calls do nothing. */
  close(): Promise<void>;
}

/**
 * Opens the index and all that the API needs.
 * @throws TypeError or RangeError naming an option that is wrong; `IndexError` for a database that cannot be opened
 */
export async function openService(options: IibOptions = {}): Promise<IibService> {
  const resolved = resolveServiceOptions(options);
  const index = await openConfiguredIndex(resolved);
  try {
    return await composeService(resolved, index);
  } catch (error) {
    await index.close();
    throw error;
  }
}

async function openConfiguredIndex({ index, dbPath }: ServiceOptions): Promise<ImageIndex> {
  if (typeof index === 'function') return index();
  return index ?? openIndex({ path: dbPath });
}

async function composeService(options: ServiceOptions, index: ImageIndex): Promise<IibService> {
  await tagAsCache(options.cacheDir);
  const library = await openLibrary(index, options.extraPaths);
  const thumbnails = createThumbnailer({ cacheDir: options.cacheDir });
  const context: ServiceContext = {
    access: options.accessControl
      ? restrictedAccess(() => options.allowedPaths ?? library.folders())
      : unrestrictedAccess(),
    index,
    library,
    thumbnails,
    permission: options.permission,
    mayWidenAccess: options.trustCallers || options.secretKey !== undefined || !options.accessControl,
    log: options.log,
  };
  const handle = createDispatch({
    routes: routeTable(api, handlers, renderersOf(options.dialect, options.timeZone)),
    pages: await loadPages(),
    context,
    origins: { allowCors: options.allowCors, hosts: options.hosts },
    checkKey: options.secretKey === undefined ? undefined : secretKeyCheck(options.secretKey),
  });
  let closing: Promise<void> | undefined;
  const close = async () => {
    await Promise.all([index.close(), thumbnails.close()]);
  };
  return { base: options.base, library, handle, close: () => (closing ??= close()) };
}
