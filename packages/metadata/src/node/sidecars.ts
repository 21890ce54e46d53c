import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { Confinement, readSmallFile, type ReadSmallFileOptions, readSmallFileSync } from '@iib-kit/files';
import { limits } from '../bytes/limits.ts';
import type { EmbeddedText } from '../image-metadata.ts';
import { mediaKind } from '../media-kinds.ts';
import { decodeText } from '../text/decode-text.ts';
import type { FileReadOptions } from '../read-options.ts';
import { confinementOf } from './confinement-of.ts';

/** Files that may describe a picture, best first: its own, then the log of its folder. */
export function sidecarPaths(path: string): string[] {
  const stem = path.slice(0, path.length - extname(path).length);
  return [
    `${stem}.swarm.json`,
    `${stem}.json`,
    `${stem}.txt`,
    `${path}.txt`,
    `${path}.json`,
    join(dirname(path), 'log.html'),
  ];
}

/** Folders between a video of InvokeAI and the one that its records lie in: by date there are three. */
const maximumSubfolders = 3;

/** Where InvokeAI keeps the record of a video: in the folder `sidecars` of its videos, below the same subfolders. */
function invokeRecords(path: string): { readonly record: string; readonly root: string }[] {
  if (mediaKind(path) !== 'video') return [];
  const name = `${basename(path, extname(path))}.json`;
  const records: { record: string; root: string }[] = [];
  let root = dirname(path);
  let below = '';
  for (let depth = 0; depth <= maximumSubfolders; depth += 1) {
    records.push({ record: join(root, 'sidecars', below, name), root });
    below = join(basename(root), below);
    root = dirname(root);
  }
  return records.filter(({ record }) => existsSync(record)).slice(0, 1);
}

/**
 * The texts beside a file; what is missing, unreadable, too large or no regular file is passed over, and so is a link that
 * leads out of the folders in `within`, or where none are given, out of the folder of the file.
 */
export async function readSidecars(
  path: string,
  confined: Pick<FileReadOptions, 'within'> = {},
): Promise<EmbeddedText[]> {
  const texts = await Promise.all(
    existing(path, confined).map(async ({ sidecar, options }) => {
      try {
        return [sidecarText(sidecar, await readSmallFile(sidecar, options))];
      } catch {
        return [];
      }
    }),
  );
  return texts.flat();
}

/** Like `readSidecars`, without a promise. */
export function readSidecarsSync(
  path: string,
  confined: Pick<FileReadOptions, 'within'> = {},
): EmbeddedText[] {
  return existing(path, confined).flatMap(({ sidecar, options }) => {
    try {
      return [sidecarText(sidecar, readSmallFileSync(sidecar, options))];
    } catch {
      return [];
    }
  });
}

interface Sidecar {
  readonly sidecar: string;
  readonly options: ReadSmallFileOptions;
}

/** Most are not there: to look costs a fraction of what an exception costs. */
function existing(path: string, confined: Pick<FileReadOptions, 'within'>): Sidecar[] {
  const beside = sidecarPaths(path).filter((sidecar) => existsSync(sidecar));
  const options = beside.length === 0 ? undefined : openOptions(dirname(path), confined);
  return [
    ...beside.flatMap((sidecar) => (options === undefined ? [] : [{ sidecar, options }])),
    ...invokeRecords(path).map(({ record, root }) => ({
      sidecar: record,
      options: openOptions(root, confined),
    })),
  ];
}

function openOptions(folder: string, confined: Pick<FileReadOptions, 'within'>): ReadSmallFileOptions {
  const within = confinementOf(confined) ?? new Confinement([realpathSync(folder)]);
  return { followLink: true, within, maxBytes: limits.sidecarBytes };
}

function sidecarText(path: string, bytes: Uint8Array): EmbeddedText {
  const text = decodeText(bytes).replace(/^\uFEFF/, '');
  return { location: `sidecar:${extname(path).slice(1)}`, key: '', text };
}
