import { existsSync, realpathSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { Confinement, readSmallFile, type ReadSmallFileOptions, readSmallFileSync } from '@iib-kit/files';
import { limits } from '../bytes/limits.ts';
import type { EmbeddedText } from '../image-metadata.ts';
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

/**
 * The texts beside a file; what is missing, unreadable, too large or no regular file is passed over, and so is a link that
 * leads out of the folders in `within`, or where none are given, out of the folder of the file.
 */
export async function readSidecars(
  path: string,
  confined: Pick<FileReadOptions, 'within'> = {},
): Promise<EmbeddedText[]> {
  const found = sidecarPaths(path).filter((sidecar) => existsSync(sidecar));
  if (found.length === 0) return [];
  const options = openOptions(path, confined);
  const texts = await Promise.all(
    found.map(async (sidecar) => {
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
  // Most are not there: to look costs a fraction of what an exception costs.
  const found = sidecarPaths(path).filter((sidecar) => existsSync(sidecar));
  if (found.length === 0) return [];
  const options = openOptions(path, confined);
  return found.flatMap((sidecar) => {
    try {
      return [sidecarText(sidecar, readSmallFileSync(sidecar, options))];
    } catch {
      return [];
    }
  });
}

function openOptions(path: string, confined: Pick<FileReadOptions, 'within'>): ReadSmallFileOptions {
  const within = confinementOf(confined) ?? new Confinement([realpathSync(dirname(path))]);
  return { followLink: true, within, maxBytes: limits.sidecarBytes };
}

function sidecarText(path: string, bytes: Uint8Array): EmbeddedText {
  const text = decodeText(bytes).replace(/^\uFEFF/, '');
  return { location: `sidecar:${extname(path).slice(1)}`, key: '', text };
}
