import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { systemPath } from '@iib-kit/catalog';

import { errorCode } from '../ports/error-code.ts';
import { DestinationNames } from '../files/plan/destination-names.ts';
import { refuseRelativeLink, type EntryChecks } from '../files/plan/entry-checks.ts';
import { naming } from '../files/disk/file-failure.ts';
import type { FileState } from '../files/plan/plan-relocations.ts';
import { Refusal } from '../ports/refusal.ts';
import { FolderNames, safeFolderName, type ExistingEntry } from './folder-name.ts';
import type { Grouping, ImageCluster } from './grouping.ts';
import { NOISE_ID, type OrganizeError, type OrganizePlan, type OrganizeRequest } from './organize-plan.ts';
import type { PlannedCluster, PlannedFile } from './organize-plan.ts';

/** A cluster with the folder it goes to; those of one folder are one. */
interface FolderOfClusters {
  readonly folderName: string;
  readonly ids: string[];
  readonly title: string;
  readonly keywords: Set<string>;
  readonly paths: string[];
}

/**
 * Says where each file of the scope goes. What the grouping leaves out is noise, what it names twice is where it was
 * named first, and what it names outside of the scope stays out.
 */
export async function planOrganizing(
  scope: readonly string[],
  grouping: Grouping,
  request: OrganizeRequest,
  { checks, signal }: { checks: EntryChecks; signal: AbortSignal },
): Promise<OrganizePlan> {
  const names = new FolderNames(await entriesOf(request.destFolder));
  const left = new Set(scope);
  const folders = mergedByFolder(grouping.clusters, left, request, names);
  const errors: OrganizeError[] = [];
  const planFiles = (folderName: string, paths: readonly string[]) =>
    plannedFiles(paths, { folderName, request, checks, signal, errors });

  const clusters: PlannedCluster[] = [];
  for (const { ids, keywords, paths, ...folder } of folders) {
    const files = await planFiles(folder.folderName, paths);
    clusters.push({ ...folder, id: ids.join('_'), keywords: [...keywords], files });
  }
  const noiseFolder =
    request.handleNoise === 'unsorted' && left.size > 0 ? noiseName(request, names, folders) : '';
  const noise = {
    id: NOISE_ID,
    folderName: noiseFolder,
    title: request.noiseFolderName,
    keywords: [],
    files: await planFiles(noiseFolder, [...left]),
  };
  return { clusters, noise, errors };
}

/** Takes the paths of clusters out of those that are left. */
function mergedByFolder(
  clusters: readonly ImageCluster[],
  left: Set<string>,
  request: OrganizeRequest,
  names: FolderNames,
): FolderOfClusters[] {
  const folders = new Map<string, FolderOfClusters>();
  for (const cluster of clusters) {
    const paths = cluster.paths.filter((file) => left.delete(file));
    if (paths.length === 0) continue;
    const folderName = names.choose(clusterFolderName(cluster, request));
    const { title } = cluster;
    const folder = folders.get(folderName) ?? { folderName, ids: [], title, keywords: new Set(), paths: [] };
    folders.set(folderName, folder);
    folder.ids.push(cluster.id);
    folder.paths.push(...paths);
    for (const keyword of cluster.keywords) folder.keywords.add(keyword);
  }
  return [...folders.values()];
}

function clusterFolderName(cluster: ImageCluster, request: OrganizeRequest): string {
  const byId = `cluster_${cluster.id}`;
  const words = { title: cluster.title, keywords: cluster.keywords.slice(0, 3).join('_'), id: byId };
  const limit = request.maxFolderNameLength;
  return safeFolderName(words[request.folderNaming], limit) || safeFolderName(byId, limit) || 'cluster';
}

function noiseName(
  { noiseFolderName, maxFolderNameLength }: OrganizeRequest,
  names: FolderNames,
  folders: readonly FolderOfClusters[],
): string {
  return names.chooseBeside(
    safeFolderName(noiseFolderName, maxFolderNameLength) || 'Unsorted',
    folders.map(({ folderName }) => folderName),
  );
}

async function plannedFiles(
  paths: readonly string[],
  options: {
    folderName: string;
    request: OrganizeRequest;
    checks: EntryChecks;
    signal: AbortSignal;
    errors: OrganizeError[];
  },
): Promise<PlannedFile[]> {
  const { folderName, request, checks, signal, errors } = options;
  const folder = path.join(request.destFolder, folderName);
  const names = new DestinationNames(folder, { foldCase: true });
  const files: PlannedFile[] = [];
  for (const from of paths) {
    signal.throwIfAborted();
    try {
      const state = await stateOf(from, checks, request.action);
      const stays = folderName === '' || path.dirname(from) === folder;
      const [name] = stays ? [path.basename(from)] : await names.take([path.basename(from)], 'rename');
      files.push({ from, to: stays ? from : path.join(folder, name), ...state });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      errors.push({ src: from, error: error.message });
    }
  }
  return files;
}

/** Throws a `Refusal` for a file that is not there or may not be moved. */
async function stateOf(file: string, checks: EntryChecks, action: 'move' | 'copy'): Promise<FileState> {
  const entry = await checks.entry(file);
  if (action === 'move') await refuseRelativeLink(entry);
  return { bytes: entry.stats.size, modifiedMs: entry.stats.mtimeMs };
}

/** What is in a folder, nothing where it is not there yet. */
export async function entriesOf(folder: string): Promise<ExistingEntry[]> {
  try {
    const entries = await readdir(systemPath(folder), { withFileTypes: true });
    return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    return naming(folder, () => Promise.reject(error as Error));
  }
}
