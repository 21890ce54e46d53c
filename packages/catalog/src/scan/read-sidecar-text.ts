import { systemPath } from '../text/system-path.ts';
import { closeSync, openSync, readSync } from 'node:fs';

/** Longest text taken from a file beside an image, in bytes. */
export const maxSidecarBytes = 65_536;

/** The text of `name.txt` beside `name.png`, or of `name.png.txt`; undefined where there is neither. */
export function readSidecarText(mediaPath: string): string | undefined {
  return readText(mediaPath.replace(/\.[^./\\]+$/, '.txt')) ?? readText(`${mediaPath}.txt`);
}

function readText(path: string): string | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(systemPath(path), 'r');
  } catch {
    return undefined;
  }
  try {
    const bytes = Buffer.alloc(maxSidecarBytes);
    const length = readSync(descriptor, bytes, 0, maxSidecarBytes, 0);
    return new TextDecoder().decode(bytes.subarray(0, length)).trim() || undefined;
  } catch {
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}
