import { type Stats, statSync } from 'node:fs';
import { FolderFiles } from '@iib-kit/files';
import { trimFolder } from '../text/folder-range.ts';
import { baseName } from '../text/base-name.ts';
import { folderOf } from '../text/folder-of.ts';
import { isWithin } from '../text/nested-path.ts';
import { systemPath } from '../text/system-path.ts';
import { BatchBuilder } from './batch-builder.ts';
import type { DescribeFile } from './describe-file.ts';
import { mediaOfName } from './file-names.ts';
import type { KnownFiles } from './known-files.ts';
import { libraryConfinement } from './library-confinement.ts';
import { type LinkScope, LinkTargets } from './link-targets.ts';
import type { PlannedFile } from './planned-file.ts';
import { readFile } from './read-file.ts';
import { realPathOrUndefined } from './real-path.ts';
import type { ScanSink } from './scan-run.ts';
import { walkPlan } from './walk-plan.ts';
import { microseconds } from './walk-tree.ts';

export interface ReadPathsParts extends Omit<LinkScope, 'otherRoots'> {
  /** Files, and folders of which everything in them that is not known is read. */
  readonly paths: readonly string[];
  readonly known: KnownFiles;
  readonly loadDescribe: () => Promise<DescribeFile>;
  readonly sink: Pick<ScanSink, 'writeBatch'>;
  /** Throws when reading is to stop; what was written stays. */
  readonly throwIfStopped: () => void;
}

// Makes a transaction worth its cost, and holds nobody who writes in between for long.
const filesPerBatch = 200;

/**
 * Reads what is new or changed at these paths alone. An update that looks at what holds them later finds nothing to do
 * there, but where it has more to say: of links, of drives, and of what lies beside a file.
 */
export async function readPaths(options: ReadPathsParts): Promise<void> {
  const { known, sink, throwIfStopped } = options;
  const opener = new FolderFiles(libraryConfinement(options));
  const builder = new BatchBuilder();
  let describe: DescribeFile | undefined;
  try {
    for (const file of plannedFiles(options)) {
      throwIfStopped();
      if (isKnown(file, known)) continue;
      describe ??= await options.loadDescribe();
      const read = await readFile(file, describe, opener);
      if (read === undefined) continue;
      if ('failure' in read) builder.addFailure(read.failure);
      // Where it has a row, it is found by its path.
      else builder.addFile(read.file, undefined);
      if (builder.size >= filesPerBatch) await sink.writeBatch(builder.take());
    }
    if (builder.size > 0) await sink.writeBatch(builder.take());
  } finally {
    opener.close();
  }
}

function* plannedFiles(options: ReadPathsParts): Generator<PlannedFile> {
  const targets = new LinkTargets(options);
  for (const path of options.paths) {
    const stats = statOrUndefined(path);
    const kind = stats?.isDirectory() === true ? 'folder' : 'file';
    if (stats === undefined || !isListed(path, kind, options.roots, targets)) continue;
    if (kind === 'file') {
      if (stats.isFile()) yield plannedFile(path, stats);
      continue;
    }
    const plan = walkPlan(options.roots, options.known, {
      ...options,
      only: [path],
      onFolder: options.throwIfStopped,
    });
    yield* plan.files.inOrderOfTime();
    for (const { file } of plan.changed) yield file;
  }
}

function statOrUndefined(path: string): Stats | undefined {
  try {
    return statSync(systemPath(path), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Whether an update comes by this path, without a link in it below the root: what is behind those has other names too. */
function isListed(
  path: string,
  kind: 'file' | 'folder',
  roots: readonly string[],
  targets: LinkTargets,
): boolean {
  const root = roots.map(trimFolder).find((folder) => isWithin(path, folder));
  const [real, realRoot] = [
    realPathOrUndefined(path),
    root === undefined ? undefined : realPathOrUndefined(root),
  ];
  if (root === undefined || real === undefined || realRoot === undefined) return false;
  return (
    real === realRoot + path.slice(root.length) && targets.lists(real, kind) && isMediumOrFolder(path, kind)
  );
}

const isMediumOrFolder = (path: string, kind: 'file' | 'folder'): boolean =>
  kind === 'folder' || mediaOfName(path) !== undefined;

function plannedFile(path: string, { size, mtimeMs, birthtimeMs, ctimeMs }: Stats): PlannedFile {
  return {
    name: baseName(path),
    folder: folderOf(path),
    bytes: size,
    modified: microseconds(mtimeMs),
    created: microseconds(birthtimeMs || ctimeMs),
    // Told by a look into the whole folder, which the next update has.
    sidecar: 0,
    id: undefined,
  };
}

/** Whether a row says the same of the file already, as after a move that the index followed. */
function isKnown({ folder, name, bytes, modified }: PlannedFile, known: KnownFiles): boolean {
  return known
    .filesLike({ bytes, modified })
    .some(
      ({ path, fingerprint }) => fingerprint !== null && folderOf(path) === folder && baseName(path) === name,
    );
}
