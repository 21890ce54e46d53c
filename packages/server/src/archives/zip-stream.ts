import { close, type Stats } from 'node:fs';
import { finished, type Readable } from 'node:stream';
import { promisify } from 'node:util';

import { systemPath } from '@iib-kit/catalog';
import { type OpenedFile, openRegularFile } from '@iib-kit/files';
import { ZipFile } from 'yazl';

import type { AllowedPath } from '../access/path-access.ts';
import { fileFailure } from '../files/disk/file-failure.ts';
import { errorCode } from '../ports/error-code.ts';
import { Refusal } from '../ports/refusal.ts';
import { entryNames } from './entry-names.ts';
import { MemberStream } from './member-stream.ts';

const closeDescriptor = promisify(close);

/** The entry that names what is not in an archive; the last, and there only where something is missing. */
export const MISSING_ENTRY = 'not-in-this-archive.txt';

/** yazl writes no earlier dates. */
const EARLIEST = new Date(0);

/** The last that fits into the exact date of a member; the one to two seconds, in local time, goes on to 2107. */
const LATEST_EXACT = new Date(0x7fffffff * 1000);

/** A file that goes into an archive. */
export interface ZipSource extends AllowedPath {
  readonly stats: Pick<Stats, 'size'>;
}

/** A file that is not in an archive, or not whole, and why, in words. */
export interface MissingFile {
  readonly path: string;
  readonly reason: string;
}

export interface ZipOptions {
  readonly compress: boolean;
  /** Called for each file that is left out. */
  readonly onMissing?: (file: MissingFile) => void;
}

/**
 * An archive of these files, made while it is read: one file is open at a time, and none once the stream is
 * destroyed. It goes on without a file that cannot be read any more, and names it in its last entry.
 */
export function zipStream(sources: readonly ZipSource[], options: ZipOptions): Readable {
  const zip = new ZipFile();
  // yazl's types know the old stream interface only; it is a PassThrough.
  const output = zip.outputStream as Readable;
  const reading = new AbortController();
  zip.on('error', (error) => output.destroy(error));
  output.once('close', () => reading.abort());
  // A failure destroys the stream; whoever reads it is told, and where nobody does it must not end the process.
  output.on('error', () => undefined);
  addMembers(zip, sources, { ...options, signal: reading.signal }).catch((error: unknown) =>
    output.destroy(error as Error),
  );
  return output;
}

async function addMembers(
  zip: ZipFile,
  sources: readonly ZipSource[],
  { compress, onMissing, signal }: ZipOptions & { readonly signal: AbortSignal },
): Promise<void> {
  const missing: MissingFile[] = [];
  const leaveOut = ({ path }: ZipSource, error: unknown) => {
    const file = { path, reason: wordsOf(error, path) };
    missing.push(file);
    onMissing?.(file);
  };
  const names = entryNames([...sources.map((source) => source.path), MISSING_ENTRY]);
  for (const [position, source] of sources.entries()) {
    if (signal.aborted) return;
    let opened: OpenedFile;
    try {
      opened = await openRegularFile(systemPath(source.realPath), { within: source.within });
    } catch (error) {
      leaveOut(source, error);
      continue;
    }
    try {
      const member = new MemberStream(opened.descriptor, (error) => leaveOut(source, error));
      const { mtime, mode } = opened.stats;
      const date = mtime > EARLIEST ? mtime : EARLIEST;
      const forceDosTimestamp = mtime > LATEST_EXACT;
      zip.addReadStream(member, names[position] ?? '', { mtime: date, mode, compress, forceDosTimestamp });
      await whenRead(member, signal);
    } finally {
      await closeDescriptor(opened.descriptor);
    }
  }
  if (missing.length > 0) zip.addBuffer(missingText(missing), names.at(-1) ?? MISSING_ENTRY, { compress });
  zip.end();
}

/** Resolves when all of it is read, or when the archive is given up; then nothing reads from the file any more. */
async function whenRead(member: MemberStream, signal: AbortSignal): Promise<void> {
  const stop = () => member.destroy();
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  await new Promise<void>((resolve) => finished(member, () => resolve()));
  signal.removeEventListener('abort', stop);
  await member.idle();
}

function missingText(files: readonly MissingFile[]): Buffer {
  return Buffer.from(
    ['Not in this archive, or not whole:', '', ...files.map(({ reason }) => reason), ''].join('\n'),
  );
}

/** The words name the path. */
function wordsOf(error: unknown, path: string): string {
  const code = errorCode(error);
  const isForbidden = code === 'EACCES' || code === 'EPERM';
  const failure = isForbidden ? new Refusal('unreadable', { path }) : fileFailure(error, path);
  return failure instanceof Refusal ? failure.message : `${JSON.stringify(path)} cannot be read`;
}
