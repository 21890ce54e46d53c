import path from 'node:path';

import { restrictedAccess, unrestrictedAccess } from '../access/path-access.ts';
import { openArchives } from '../archives/archives.ts';
import { baseDirectory } from '../seed-groups/base-directory.ts';
import { configuredThumbnailer } from './configured-thumbnailer.ts';
import { readConfiguredWebui, webuiFoldersOf } from './configured-webui.ts';
import type { ServiceContext } from '../routes/context.ts';
import { createLiveStreams } from '../events/live-streams.ts';
import { openFileOperations } from '../files/file-operations.ts';
import { PendingImage } from '../library/pending-image.ts';
import type { ImageIndex } from '@iib-kit/catalog';
import { keepBackups } from './keep-backups.ts';
import type { ServedIndex } from './open-default-index.ts';
import { messageForClients } from '../http/status-of-error.ts';
import type { TrashLimits } from '../files/trash/trim-trash.ts';
import { openJobs } from '../jobs/open-jobs.ts';
import type { WebuiConfig } from '../library/webui-config.ts';
import { linkTargetsOf } from '../library/library-links.ts';
import { libraryUpdates, type LibraryUpdatesParts } from '../library/library-updates.ts';
import { openLibraryFolders } from '../library/library-folders.ts';
import type { Library } from '../library/library.ts';
import { presentFiles } from '../library/present-files.ts';
import { createFolderCovers } from '../listing/folder-covers.ts';
import { createFolderLister } from '../listing/folder-lister.ts';
import type { ServiceResources } from './service-resources.ts';
import { groupByTopics } from '../organize/group-by-topics.ts';
import { mayWrite } from '../ports/access-permission.ts';
import { openOrganizer } from '../organize/open-organizer.ts';
import type { ServiceOptions } from '../options/service-options.ts';
import { tagAsCacheIfPossible } from './tag-as-cache.ts';
import { createTopics } from '../topics/topics.ts';

/** Opens what handlers share; whatever is open by then stands in `opened`, also when it throws. */
export async function composeContext(
  options: ServiceOptions,
  index: ServedIndex,
  opened: ServiceResources,
): Promise<ServiceContext> {
  const { permission, log, ai, cacheDir, exportFeFn, onShutdown } = options;
  await tagAsCacheIfPossible(cacheDir, log);
  const webui = await readConfiguredWebui(options);
  const jobs = (opened.jobs = await openJobs({ index, log, messageFor: messageForClients }));
  const allowedPaths = options.allowedPaths?.flatMap((folder) => webuiFoldersOf(webui, folder) ?? folder);
  const linkTargets = linkTargetsOf(options.accessControl, allowedPaths);
  const library = await openLibrary(options, webui, { index, jobs, linkTargets, log });
  const access = options.accessControl
    ? restrictedAccess(() => allowedPaths ?? library.folders())
    : unrestrictedAccess();
  const lister = (opened.lister = createFolderLister());
  const shared = { access, index, jobs, library, log };
  const trashLimits = trashLimitsOf(options);
  const files = (opened.files = await openFileOperations({
    ...shared,
    allowedPaths: allowedPaths ?? [],
    stateFolder: options.stateDir,
    trashLimits,
  }));
  const topics = createTopics({ index, ai, cacheDir, log });
  return {
    ...shared,
    backups: (opened.backups = keepBackups(index, { kept: options.dbBackups, log })),
    files,
    topics,
    trashLimits,
    lister,
    streams: (opened.streams = createLiveStreams(shared)),
    thumbnails: (opened.thumbnails = configuredThumbnailer(options)),
    folderCovers: createFolderCovers({ access, library, lister }),
    archives: (opened.archives = await openArchives(path.join(cacheDir, 'zip'), jobs)),
    organizer: (opened.organizer = await openOrganizer({
      ...shared,
      files,
      group: groupByTopics(topics),
      stateFolder: path.join(options.stateDir, 'organize'),
      mayResume: mayWrite(permission),
    })),
    permission,
    baseDirectory: options.baseDir === undefined ? undefined : baseDirectory(options.baseDir),
    mayWidenAccess:
      allowedPaths === undefined &&
      (options.trustCallers || options.secretKey !== undefined || !options.accessControl),
    ai,
    webui,
    exportFeFn,
    onShutdown,
    pendingImage: new PendingImage(options.onSendImage),
  };
}

/** As options, 0 stands for no limit. */
function trashLimitsOf({ trashDays, trashMaxMb }: ServiceOptions): TrashLimits {
  return {
    ...(trashDays > 0 && { maxDays: trashDays }),
    ...(trashMaxMb > 0 && { maxBytes: trashMaxMb * 2 ** 20 }),
  };
}

async function openLibrary(
  { extraPaths, baseDir }: ServiceOptions,
  webui: WebuiConfig | undefined,
  parts: LibraryUpdatesParts & { index: ImageIndex },
): Promise<Library> {
  const folders = await openLibraryFolders(parts.index, [
    ...extraPaths,
    ...(baseDir === undefined ? [] : [baseDir]),
    ...(webui?.folders ?? []),
  ]);
  const { linkTargets } = parts;
  return { ...folders, ...libraryUpdates(folders, parts), ...presentFiles(), linkTargets };
}
