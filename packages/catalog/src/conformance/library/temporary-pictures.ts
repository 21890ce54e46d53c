import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildPng } from './build-png.ts';

let libraries = 0;

/** A folder of pictures, and a folder for the index beside it; both are gone when the test is over. */
export function temporaryPictures({ onTestFinished }: { onTestFinished: (end: () => void) => void }) {
  // Digits alone: searches look at paths too, and letters by chance would be found.
  libraries += 1;
  const base = join(tmpdir(), `index-db-${process.pid}-${Date.now()}-${libraries}`);
  mkdirSync(base);
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  const root = join(base, 'library');
  mkdirSync(root);
  return {
    base,
    root,
    at: (name: string): string => join(root, name),
    /** Writes a picture; `time` is its modification time in Unix seconds. */
    picture(name: string, infotext: string, time = 1_700_000_000, shade = 0): string {
      const path = join(root, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, buildPng(infotext, { shade }));
      utimesSync(path, time, time);
      return path;
    },
  };
}
