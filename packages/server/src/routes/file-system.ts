import { stat } from 'node:fs/promises';
import path from 'node:path';

import type { api, CoverInfo, Handlers, TrashItem } from '@iib-kit/contract';
import { systemPath } from '@iib-kit/catalog';

import { requireLocalCaller } from '../http/security/local-caller.ts';
import type { RequestContext } from './context.ts';
import { naming } from '../files/disk/file-failure.ts';
import { HttpError } from '../http/http-error.ts';
import { jsonReply, type Reply } from '../http/reply.ts';
import { sendFile } from '../http/files/send-file.ts';
import { describePaths } from '../listing/describe-paths.ts';
import type { TrashItem as StoredItem } from '../files/trash/trash-item.ts';
import { mayWrite } from '../ports/access-permission.ts';
import { forEachAtOnce } from '../ports/for-each-at-once.ts';
import { listFolder } from '../listing/list-folder.ts';
import { openOnDesktop } from '../files/open-on-desktop.ts';
import { coverInfo, fileInfoOf, statInfo } from './responses/file-infos.ts';

/** Paths of one request looked at together. */
const AT_ONCE = 16;

const zipHeaders = {
  'content-type': 'application/zip',
  'cache-control': 'private, no-store',
  'content-disposition': 'attachment; filename="images.zip"',
};

export const fileSystem: Handlers<typeof api, RequestContext, Reply>['fileSystem'] = {
  async list({ folder_path }, context) {
    const folder = await context.access.checkListing(folder_path);
    return { files: await listFolder(folder, context, fileInfoOf) };
  },

  async infos({ paths }, { access, library }) {
    const described = await describePaths(paths, access);
    return Object.fromEntries(
      described.map(({ sent, fullpath, stats }) => [
        sent,
        statInfo(fullpath, stats, library.contains(fullpath)),
      ]),
    );
  },

  async exist({ paths }, context) {
    const found = new Map<string, boolean>(paths.map((sent) => [sent, false]));
    await forEachAtOnce(AT_ONCE, paths, async (sent) => {
      found.set(sent, (await isListed(sent, context)) || (await isAddable(sent, context)));
    });
    return Object.fromEntries(found);
  },

  async covers({ paths }, { access, folderCovers }) {
    const covers = new Map<string, CoverInfo[]>(paths.map((sent) => [sent, []]));
    await forEachAtOnce(AT_ONCE, paths, async (sent) => {
      const folder = await access.checkListing(sent);
      if (folder.inside) covers.set(sent, (await folderCovers.of(folder)).map(coverInfo));
    });
    return Object.fromEntries(covers);
  },

  async makeFolder({ dest_folder }, { files }) {
    await files.makeFolder(dest_folder);
    return null;
  },

  async copy(input, { files }) {
    return files.copy(input.file_paths, input.dest, transferOptions(input));
  },

  async move(input, { files }) {
    return files.move(input.file_paths, input.dest, transferOptions(input));
  },

  async remove({ file_paths, trash }, { files }) {
    if (trash) return { ok: true, trashed: (await files.trash(file_paths)).map(trashItemToResponse) };
    await files.remove(file_paths);
    return { ok: true, trashed: [] };
  },

  async rename({ path: source, name, on_conflict }, { files }) {
    const newPath = await files.rename(source, name, on_conflict);
    return { detail: 'File renamed successfully', new_path: newPath };
  },

  async flatten({ folder_path, dry_run, on_conflict }, { files }) {
    const outcome = await files.flatten(folder_path, { dryRun: dry_run, onConflict: on_conflict });
    return {
      success: true,
      total_files: outcome.totalFiles,
      conflicts: outcome.conflicts,
      moved_files: outcome.movedFiles,
      errors: outcome.errors,
    };
  },

  async zip({ paths, compress, pack_only }, { access, archives }) {
    const sources = await archives.sources(paths, access);
    if (!pack_only) {
      return { status: 200, headers: zipHeaders, body: archives.stream(sources, { compress }) };
    }
    const { job, name, path: file, isSoonDone } = archives.pack(sources, { compress });
    const zip = isSoonDone ? await job.done : undefined;
    return jsonReply({
      name,
      path: file,
      bytes: zip?.bytes ?? null,
      missing: zip?.missing ?? null,
      job_id: job.id,
    });
  },

  async packedZip({ name }, { archives, request }) {
    const file = await archives.packed(name);
    return sendFile(request, file, { cacheControl: 'private, no-store', saveAs: name });
  },

  async listTrash(_, { files }) {
    const { items, damaged } = await files.listTrash();
    return { items: items.map(trashItemToResponse), damaged: [...damaged] };
  },

  async restore({ ids, continue_on_error, on_conflict }, { files }) {
    const options = { continueOnError: continue_on_error, onConflict: on_conflict };
    const { files: restored, errors } = await files.restore(ids, options);
    return { files: [...restored], errors: [...errors] };
  },

  async emptyTrash({ ids }, { backups, files }) {
    await backups.beforeRisk();
    return { deleted: await files.emptyTrash(ids) };
  },

  async openFolder({ path: sent }, { access, request, clientAddress }) {
    requireLocalCaller(request, clientAddress);
    const { realPath } = await access.check(sent);
    const stats = await naming(sent, () => stat(realPath));
    await openOnDesktop(stats.isDirectory() ? realPath : path.dirname(realPath));
    return null;
  },

  async openFile({ path: sent }, { access, request, clientAddress }) {
    requireLocalCaller(request, clientAddress);
    const { realPath } = await access.check(sent);
    const stats = await naming(sent, () => stat(realPath));
    if (!stats.isFile()) throw new HttpError(400, `${JSON.stringify(sent)} is not a file`);
    await openOnDesktop(realPath);
    return null;
  },
};

function transferOptions(input: {
  create_dest_folder: boolean;
  continue_on_error: boolean;
  on_conflict: 'error' | 'rename';
}) {
  return {
    createDest: input.create_dest_folder,
    continueOnError: input.continue_on_error,
    onConflict: input.on_conflict,
  };
}

function trashItemToResponse({ deletedTime, expiresTime, ...item }: StoredItem): TrashItem {
  return { ...item, deleted_time: deletedTime, expires_time: expiresTime ?? null };
}

async function isListed(sent: string, { access }: Pick<RequestContext, 'access'>): Promise<boolean> {
  try {
    const { realPath } = await access.checkListing(sent);
    await stat(systemPath(realPath));
    return true;
  } catch {
    return false;
  }
}

/** IIB's front end asks before it adds a folder to the library. */
async function isAddable(
  sent: string,
  { mayWidenAccess, permission }: Pick<RequestContext, 'mayWidenAccess' | 'permission'>,
): Promise<boolean> {
  if (!mayWidenAccess || !mayWrite(permission) || sent === '' || sent.includes('\0')) return false;
  return (await stat(path.resolve(sent)).catch(() => undefined))?.isDirectory() === true;
}
