import path from 'node:path';

import { api } from '@iib-kit/contract';
import { openIndex } from '@iib-kit/index-db';
import { createThumbnailer } from '@iib-kit/thumbnails';

import { backUpDaily } from './daily-backup.ts';
import { clientAddress } from './access/client-address.ts';
import { restrictedAccess, unrestrictedAccess } from './access/path-access.ts';
import { secretKeyCheck, type KeyCheck } from './access/secret-key.ts';
import { WrongKeys } from './access/wrong-keys.ts';
import { adoptIibRules } from './auto-tag-rules.ts';
import { openArchives } from './archives/archives.ts';
import { baseDirectory } from './base-directory.ts';
import type { ServiceContext } from './context.ts';
import { openFileOperations } from './file-operations/file-operations.ts';
import { renderersOf } from './dialects/dialect.ts';
import { errorCode } from './error-code.ts';
import { createLiveStreams } from './events/live-streams.ts';
import { loadFrontEnd } from './front-end/load-front-end.ts';
import type { ApiRequest } from './http/api-request.ts';
import { bodyRoom } from './http/body-room.ts';
import { createDispatch, type PageHandler } from './http/dispatch.ts';
import type { Reply } from './http/reply.ts';
import { frameAncestors } from './http/security-headers.ts';
import { routeTable } from './http/route-table.ts';
import { ImageHandOver } from './image-hand-over.ts';
import type { ImageIndex } from './image-index.ts';
import { openJobs } from './jobs/open-jobs.ts';
import { libraryUpdates } from './library-updates.ts';
import { watchLibrary } from './library-watch.ts';
import { openLibraryFolders, type Library } from './library.ts';
import { createFolderCovers } from './listing/folder-covers.ts';
import { createFolderLister } from './listing/folder-lister.ts';
import type { ServiceLimits } from './limits.ts';
import { loadPages } from './page/load-page.ts';
import { handlers } from './routes/handlers.ts';
import { tagAsCache } from './tag-as-cache.ts';
import { createTopics } from './topics/topics.ts';
import { readWebuiConfig, webuiFolderWords, type WebuiConfig } from './webui-config.ts';
import { resolveServiceOptions, type IibOptions, type ServiceOptions } from './service-options.ts';

/** The API without a framework: answers requests and holds the index until it is closed. */
export interface IibService {
  /** URL path that the API sits below; `''` for none. */
  readonly base: string;
  readonly library: Library;
  /** What it takes on at most. */
  readonly limits: ServiceLimits;
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
  const pages = await servicePages(resolved);
  const index = await openConfiguredIndex(resolved);
  try {
    return await composeService(resolved, index, pages);
  } catch (error) {
    await index.close();
    throw error;
  }
}

async function openConfiguredIndex({ index, dbPath }: ServiceOptions): Promise<ImageIndex> {
  if (typeof index === 'function') return index();
  return index ?? openIndex({ path: dbPath });
}

async function readConfiguredWebui(options: ServiceOptions): Promise<WebuiConfig | undefined> {
  const { sdWebuiConfig, sdWebuiPathRelativeToConfig } = options;
  if (sdWebuiConfig === undefined) return undefined;
  return readWebuiConfig(
    sdWebuiConfig,
    sdWebuiPathRelativeToConfig ? path.dirname(sdWebuiConfig) : process.cwd(),
  );
}

/** Undefined for a folder that is no word for folders of the web UI. */
function webuiFoldersOf(webui: WebuiConfig | undefined, folder: string): readonly string[] | undefined {
  const word = webuiFolderWords.find((known) => known === folder);
  return word === undefined ? undefined : webui?.foldersOf(word);
}

function keyCheck({ secretKey, limits, log }: ServiceOptions): KeyCheck | undefined {
  if (secretKey === undefined) return undefined;
  return secretKeyCheck(secretKey, {
    wrongKeys: new WrongKeys(limits),
    onTooMany: (address) => log.warn({ address }, 'too many wrong keys'),
  });
}

/** The front end that was asked for goes before our own page. */
async function servicePages(options: ServiceOptions): Promise<PageHandler> {
  const { feDir, base } = options;
  const framedBy = framingOrigins(options);
  const own = await loadPages(framedBy);
  if (feDir === undefined) return own;
  const frontEnd = await loadFrontEnd(feDir, { base, framePolicy: frameAncestors(framedBy) });
  return async (request) => (await frontEnd(request)) ?? own(request);
}

/** Origins whose pages may show ours in a frame. */
function framingOrigins({ exportFeFn, allowCors }: ServiceOptions): readonly string[] {
  return exportFeFn && typeof allowCors !== 'boolean' ? allowCors : [];
}

async function composeService(
  options: ServiceOptions,
  index: ImageIndex,
  pages: PageHandler,
): Promise<IibService> {
  await tagAsCache(options.cacheDir);
  const webui = await readConfiguredWebui(options);
  const folders = await openLibraryFolders(index, [
    ...options.extraPaths,
    ...(options.baseDir === undefined ? [] : [options.baseDir]),
    ...(webui?.folders ?? []),
  ]);
  const jobs = await openJobs(index, options.log);
  const library: Library = { ...folders, ...libraryUpdates(folders, { index, jobs }) };
  const allowedPaths = options.allowedPaths?.flatMap((folder) => webuiFoldersOf(webui, folder) ?? folder);
  void backUpDaily(index, options.dbBackups, options.log);
  const thumbnails = createThumbnailer({ cacheDir: options.cacheDir });
  const access = options.accessControl
    ? restrictedAccess(() => allowedPaths ?? library.folders())
    : unrestrictedAccess();
  const streams = createLiveStreams({ index, jobs, access });
  const lister = createFolderLister();
  const files = await openFileOperations({
    access,
    index,
    library,
    allowedPaths: allowedPaths ?? [],
    stateFolder: `${options.dbPath}-files`,
    log: options.log,
  });
  const archives = await openArchives(path.join(options.cacheDir, 'zip'), jobs);
  const context: ServiceContext = {
    access,
    index,
    jobs,
    library,
    streams,
    thumbnails,
    files,
    lister,
    folderCovers: createFolderCovers({ access, library, lister }),
    archives,
    permission: options.permission,
    baseDirectory: options.baseDir === undefined ? undefined : baseDirectory(options.baseDir),
    mayWidenAccess: options.trustCallers || options.secretKey !== undefined || !options.accessControl,
    log: options.log,
    ai: options.ai,
    topics: createTopics({ index, ai: options.ai, cacheDir: options.cacheDir, log: options.log }),
    webui,
    exportFeFn: options.exportFeFn,
    onShutdown: options.onShutdown,
    handOver: new ImageHandOver(options.onSendImage),
  };
  const handle = createDispatch({
    routes: routeTable(api, handlers, renderersOf(options.dialect, options.timeZone)),
    pages,
    context,
    framedBy: framingOrigins(options),
    origins: { allowCors: options.allowCors, hosts: options.hosts },
    checkKey: keyCheck(options),
    language: options.language,
    clientAddress: clientAddress(options.trustedProxies),
    bodyRoom: bodyRoom(options.limits),
    requestsAtOnce: options.limits.requestsAtOnce,
  });
  if (options.permission !== 'read-only') void adoptRules(index, options);
  const watch = options.watch ? watchLibrary({ library, index, log: options.log }) : undefined;
  let closing: Promise<void> | undefined;
  const close = async () => {
    streams.close();
    await watch?.close();
    await jobs.close();
    archives.close();
    await Promise.all([files.close(), lister.close()]);
    await Promise.all([index.close(), thumbnails.close()]);
  };
  return { base: options.base, library, limits: options.limits, handle, close: () => (closing ??= close()) };
}

/** In the background: there may be a million images to apply them to. */
async function adoptRules(index: ImageIndex, { log }: ServiceOptions): Promise<void> {
  try {
    await adoptIibRules(index);
  } catch (error) {
    if (errorCode(error) !== 'closed')
      log.warn({ err: error }, 'the auto-tag rules of the database are not applied');
  }
}
