import { closeSync, readSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { Confinement, openRegularFileSync } from '@iib-kit/files';
import { systemPath } from '../text/system-path.ts';

/** Longest text taken from a file beside an image, in bytes. */
export const maxSidecarBytes = 65_536;

/**
 * The text of `name.txt` beside `name.png`, or of `name.png.txt`; undefined where there is neither. Either must really lie
 * in the folders of `within`, or where none are given, in the folder of the image.
 */
export function readSidecarText(mediaPath: string, within?: readonly string[]): string | undefined {
  return readText(mediaPath.replace(/\.[^./\\]+$/, '.txt'), within) ?? readText(`${mediaPath}.txt`, within);
}

function readText(path: string, within: readonly string[] | undefined): string | undefined {
  try {
    const { descriptor } = openRegularFileSync(systemPath(path), {
      followLink: true,
      within: confinement(path, within),
    });
    try {
      const bytes = Buffer.alloc(maxSidecarBytes);
      const length = readSync(descriptor, bytes, 0, maxSidecarBytes, 0);
      return new TextDecoder().decode(bytes.subarray(0, length)).trim() || undefined;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

function confinement(path: string, within: readonly string[] | undefined): Confinement {
  const folders = within?.map(systemPath) ?? [realpathSync(systemPath(dirname(path)), 'buffer')];
  return new Confinement(folders);
}
