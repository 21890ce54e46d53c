import type { FolderFiles } from '@iib-kit/files';
import { childPath } from '../text/nested-path.ts';
import { fileFingerprint } from './file-fingerprint.ts';
import type { KnownFile } from './known-files.ts';
import type { MovedFiles } from './moved-files.ts';
import { withMediaFile } from './open-media-file.ts';
import type { PlannedFile } from './planned-file.ts';
import type { ChangedFile, ScanPlan } from './scan-plan.ts';
import type { RelocatedRow } from './scanned-file.ts';

const pathOf = ({ folder, name }: PlannedFile): string => childPath(folder, name);

/** The content of a file that may have another's name; undefined where it cannot be read. */
async function fingerprintOf(file: PlannedFile, opener: FolderFiles): Promise<number | undefined> {
  try {
    return await withMediaFile(pathOf(file), file.name, file.bytes, fileFingerprint, {
      folder: file.folder,
      opener,
    });
  } catch {
    // Told of when it is read.
    return undefined;
  }
}

/** Rows whose files changed, to be recognised where their content turns up under another name. */
class DisplacedRows {
  readonly #bySize = new Map<number, ChangedFile[]>();
  readonly #taken = new Set<number>();
  readonly #opener: FolderFiles;
  readonly #fingerprints = new Map<ChangedFile, Promise<number | undefined>>();

  constructor(changed: readonly ChangedFile[], opener: FolderFiles) {
    this.#opener = opener;
    for (const each of changed) {
      const alike = this.#bySize.get(each.row.bytes);
      if (alike === undefined) this.#bySize.set(each.row.bytes, [each]);
      else alike.push(each);
    }
  }

  get sizes(): ReadonlySet<number> {
    return new Set(this.#bySize.keys());
  }

  isTaken = (row: KnownFile): boolean => this.#taken.has(row.id);

  /** The content of a changed file, read once. */
  fingerprintOf(changed: ChangedFile): Promise<number | undefined> {
    const known = this.#fingerprints.get(changed) ?? fingerprintOf(changed.file, this.#opener);
    this.#fingerprints.set(changed, known);
    return known;
  }

  /** Whether a file only has another time than its row. */
  async isTouched(changed: ChangedFile): Promise<boolean> {
    const { row, file } = changed;
    return row.bytes === file.bytes && row.fingerprint === (await this.fingerprintOf(changed));
  }

  /** Whether another row than its own may be that of a file of this size. */
  mayHold(bytes: number, own: ChangedFile | undefined): boolean {
    return this.#bySize.get(bytes)?.some((each) => each !== own) ?? false;
  }

  /** The row that had this content, once, unless it is still where it was. */
  async take(bytes: number, fingerprint: number): Promise<KnownFile | undefined> {
    for (const each of this.#bySize.get(bytes) ?? []) {
      const isSame = each.row.fingerprint === fingerprint && !this.#taken.has(each.row.id);
      if (!isSame || (await this.isTouched(each))) continue;
      this.#taken.add(each.row.id);
      return each.row;
    }
    return undefined;
  }
}

/**
 * Finds out which files took the names of others, as after renumbering: their rows go with the content, and so does all
 * that is kept of the images. Reads both ends of files that changed and of new files of the same size as one that did.
 * Adds the files that changed to those of the plan.
 */
export async function followExchanged(
  plan: ScanPlan,
  moved: MovedFiles,
  opener: FolderFiles,
  throwIfStopped: () => void,
): Promise<readonly RelocatedRow[]> {
  if (plan.changed.length === 0) return [];
  const rows = new DisplacedRows(plan.changed, opener);
  const relocated: RelocatedRow[] = [];
  const rowsOfChanged = new Map<ChangedFile, number>();
  for (const changed of plan.changed) {
    throwIfStopped();
    const { file } = changed;
    if (!rows.mayHold(file.bytes, changed) && !moved.mayHold(file.bytes)) continue;
    const fingerprint = await rows.fingerprintOf(changed);
    if (fingerprint === undefined || (await rows.isTouched(changed))) continue;
    const id =
      (await rows.take(file.bytes, fingerprint))?.id ?? moved.take(pathOf(file), file.bytes, fingerprint);
    if (id === undefined) continue;
    rowsOfChanged.set(changed, id);
    relocated.push({ id, path: pathOf(file), folder: file.folder });
  }
  for (const { position, file } of plan.files.ofSizes(rows.sizes)) {
    throwIfStopped();
    if (file.id !== undefined) continue;
    const fingerprint = await fingerprintOf(file, opener);
    const row = fingerprint === undefined ? undefined : await rows.take(file.bytes, fingerprint);
    if (row === undefined) continue;
    plan.files.assign(position, row.id);
    relocated.push({ id: row.id, path: pathOf(file), folder: file.folder });
  }
  for (const changed of plan.changed) {
    const { row, file } = changed;
    // Edited where it is, unless its content went elsewhere.
    plan.files.add({ ...file, id: rowsOfChanged.get(changed) ?? (rows.isTaken(row) ? undefined : row.id) });
  }
  return relocated;
}
