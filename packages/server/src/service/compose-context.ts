import path from 'node:path';

import { createThumbnailer } from '@iib-kit/thumbnails';

import { restrictedAccess, unrestrictedAccess } from '../access/path-access.ts';
import { openArchives } from '../archives/archives.ts';
import { baseDirectory } from '../seed-groups/base-directory.ts';
import { readConfiguredWebui, webuiFoldersOf } from './configured-webui.ts';
import type { ServiceContext } from '../routes/context.ts';
import { createLiveStreams } from '../events/live-streams.ts';
import { openFileOperations } from '../files/file-operations.ts';
import { ImageHandOver } from '../library/image-hand-over.ts';
import type { ImageIndex } from '@iib-kit/catalog';
import { messageForClients } from '../http/status-of-error.ts';
import { openJobs } from '../jobs/open-jobs.ts';
import { libraryUpdates } from '../library/library-updates.ts';
import { openLibraryFolders, type Library } from '../library/library.ts';
import { createFolderCovers } from '../listing/folder-covers.ts';
import { createFolderLister } from '../listing/folder-lister.ts';
import type { OpenedParts } from './opened-parts.ts';
import { groupByTopics } from '../organize/group-by-topics.ts';
import { openOrganizer } from '../organize/open-organizer.ts';
import type { ServiceOptions } from './service-options.ts';
import { tagAsCache } from './tag-as-cache.ts';
import { createTopics } from '../topics/topics.ts';

/** Opens what handlers share; whatever is open by then stands in `opened`, also when it throws. */
export async function composeContext(
  options: ServiceOptions,
  index: ImageIndex,
  opened: OpenedParts,
): Promise<ServiceContext> {
  await tagAsCache(options.cacheDir);
  const webui = await readConfiguredWebui(options);
  const folders = await openLibraryFolders(index, [
    ...options.extraPaths,
    ...(options.baseDir === undefined ? [] : [options.baseDir]),
    ...(webui?.folders ?? []),
  ]);
  const jobs = (opened.jobs = await openJobs({ index, log: options.log, messageFor: messageForClients }));
  const library: Library = { ...folders, ...libraryUpdates(folders, { index, jobs }) };
  const allowedPaths = options.allowedPaths?.flatMap((folder) => webuiFoldersOf(webui, folder) ?? folder);
  const thumbnails = (opened.thumbnails = createThumbnailer({ cacheDir: options.cacheDir }));
  const access = options.accessControl
    ? restrictedAccess(() => allowedPaths ?? library.folders())
    : unrestrictedAccess();
  const streams = (opened.streams = createLiveStreams({ index, library, jobs, access }));
  const lister = (opened.lister = createFolderLister());
  const stateFolder = `${options.dbPath}-files`;
  const files = (opened.files = await openFileOperations({
    access,
    index,
    library,
    allowedPaths: allowedPaths ?? [],
    stateFolder,
    log: options.log,
  }));
  const archives = (opened.archives = await openArchives(path.join(options.cacheDir, 'zip'), jobs));
  const topics = createTopics({ index, ai: options.ai, cacheDir: options.cacheDir, log: options.log });
  const organizer = (opened.organizer = await openOrganizer({
    group: groupByTopics(topics),
    access,
    files,
    index,
    jobs,
    library,
    stateFolder: path.join(stateFolder, 'organize'),
    mayResume: options.permission !== 'read-only',
    log: options.log,
  }));
  return {
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
    topics,
    organizer,
    webui,
    exportFeFn: options.exportFeFn,
    onShutdown: options.onShutdown,
    handOver: new ImageHandOver(options.onSendImage),
  };
}
