import path from 'node:path';

import { MAX_FOLDER_NAME_LENGTH } from '@iib-kit/contract';

import { Refusal } from '../ports/refusal.ts';
import { FolderNames, safeFolderName, type ExistingEntry } from './folder-name.ts';
import type { OrganizePlan, OrganizeRequest, PlannedFile } from './organize-plan.ts';

/** What was said to a plan. */
export interface Confirmation {
  readonly folderEdits: readonly { readonly clusterId: string; readonly folderName: string }[];
  readonly skippedIds: readonly string[];
}

/** The files of a plan that go somewhere, with the folder names as they were edited. Throws a `Refusal` 400. */
export function confirmedFiles(
  plan: OrganizePlan,
  { destFolder }: Pick<OrganizeRequest, 'destFolder'>,
  { folderEdits, skippedIds }: Confirmation,
  existing: readonly ExistingEntry[],
): PlannedFile[] {
  const clusters = [...plan.clusters, plan.noise];
  const known = new Set(clusters.map(({ id }) => id));
  for (const id of [...skippedIds, ...folderEdits.map(({ clusterId }) => clusterId)]) {
    if (!known.has(id)) throw new Refusal('no-such-planned-cluster', { id });
  }
  const names = new FolderNames(existing);
  const edits = new Map(folderEdits.map(({ clusterId, folderName }) => [clusterId, folderName]));
  const skipped = new Set(skippedIds);
  return clusters.flatMap(({ id, folderName, files }) => {
    if (skipped.has(id) || folderName === '') return [];
    const edit = edits.get(id);
    const name = names.choose(edit === undefined ? folderName : editedName(edit));
    const folder = path.join(destFolder, name);
    return files
      .filter(({ from }) => path.dirname(from) !== folder)
      .map((file) => ({ ...file, to: path.join(folder, path.basename(file.from)) }));
  });
}

function editedName(words: string): string {
  const name = safeFolderName(words, MAX_FOLDER_NAME_LENGTH);
  if (name !== '') return name;
  throw new Refusal('invalid-folder-name', { name: words });
}
