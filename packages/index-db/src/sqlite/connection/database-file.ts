import { realpathSync, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { IndexError } from '@iib-kit/catalog';

/** Which file a name led to; a file keeps this for as long as anybody has it open. */
interface FileIdentity {
  readonly dev: bigint;
  readonly ino: bigint;
}

/** The files of a database as they were when it was opened. Travels between threads. */
export interface DatabaseFile {
  readonly path: string;
  readonly main: FileIdentity;
  /** Where the write-ahead log is, links resolved, as SQLite names it; undefined where there is none. */
  readonly log: ({ readonly path: string } & FileIdentity) | undefined;
}

interface FileState extends FileIdentity {
  readonly size: bigint;
}

const absence: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'ESTALE']);

/** Remembers the files of an open database. Throws where it is gone already. */
export function databaseFileAt(path: string): DatabaseFile {
  const { dev, ino } = statSync(path, { bigint: true });
  const logPath = `${realpathSync(path)}-wal`;
  const log = statSync(logPath, { bigint: true, throwIfNoEntry: false });
  return { path, main: { dev, ino }, log: log && { path: logPath, dev: log.dev, ino: log.ino } };
}

/** What is wrong with the files of an open database. */
export interface ReplacedFile {
  readonly error: IndexError;
  /** Whether the file is the one that was opened, without anything in it. */
  readonly isEmptied: boolean;
}

/**
 * Whether a name no longer leads to the file that is open: what is written into that one is lost with it. SQLite itself
 * looks only where it has no write-ahead log. Costs microseconds on a local drive.
 */
export function findReplacedFile({ path, main, log }: DatabaseFile): ReplacedFile | undefined {
  return (
    replacedMain(
      path,
      main,
      ifThere(() => statSync(path, { bigint: true })),
    ) ??
    (log &&
      replacedLog(
        log,
        ifThere(() => statSync(log.path, { bigint: true })),
      ))
  );
}

/** Throws `replaced` where the main file is another now. */
export function checkDatabaseFile({ path, main }: DatabaseFile): void {
  const found = findReplacedFile({ path, main, log: undefined });
  if (found) throw found.error;
}

/** The same, without holding the thread up where the drive does not answer. */
export async function checkDatabaseFileLater({ path, main }: DatabaseFile): Promise<void> {
  const [now] = await Promise.allSettled([stat(path, { bigint: true })]);
  const found = replacedMain(
    path,
    main,
    ifThere(() => {
      if (now.status === 'rejected') throw now.reason;
      return now.value;
    }),
  );
  if (found) throw found.error;
}

type Found = { readonly state: FileState | undefined } | undefined;

/** Undefined where the system does not tell whether there is one. */
function ifThere(look: () => FileState): Found {
  try {
    return { state: look() };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return absence.has(code) ? { state: undefined } : undefined;
  }
}

const isSame = (one: FileIdentity, other: FileIdentity): boolean =>
  one.dev === other.dev && one.ino === other.ino;

function replacedMain(path: string, opened: FileIdentity, found: Found): ReplacedFile | undefined {
  if (found === undefined) return undefined;
  const { state } = found;
  if (state === undefined) {
    return replaced(
      `The database file was deleted or moved while it was open: ${path}`,
      'put it back, or restore a backup of it, and restart the program',
    );
  }
  if (!isSame(opened, state)) {
    return replaced(
      `Another file took the place of the database while it was open: ${path}`,
      'restart the program to use that one, or put the other back',
    );
  }
  // It has a page from the first moment.
  if (state.size > 0n) return undefined;
  const emptied = `The database file was emptied while it was open: ${path}`;
  return { ...replaced(emptied, 'restore a backup of it, and restart the program'), isEmptied: true };
}

function replacedLog(
  { path, ...opened }: FileIdentity & { readonly path: string },
  found: Found,
): ReplacedFile | undefined {
  if (found === undefined || (found.state !== undefined && isSame(opened, found.state))) return undefined;
  return replaced(
    `The write-ahead log of the database was deleted or replaced while it was open: ${path}`,
    'restart the program',
  );
}

function replaced(sentence: string, remedy: string): ReplacedFile {
  const error = new IndexError('replaced', `${sentence}. Nothing is written any more; ${remedy}`);
  return { error, isEmptied: false };
}
