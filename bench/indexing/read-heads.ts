import { closeSync, fstatSync, openSync, readSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const headBytes = 64 * 1024;

/** The least that any indexer must do to the files: list the folders, open, stat and read each head. */
export function readHeads(root: string): { files: number; bytes: number; ms: number } {
  const head = Buffer.alloc(headBytes);
  const started = performance.now();
  let files = 0;
  let bytes = 0;
  const pending = [root];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) pending.push(path);
      else {
        bytes += readHead(path, head);
        files++;
      }
    }
  }
  return { files, bytes, ms: performance.now() - started };
}

function readHead(path: string, head: Buffer): number {
  const file = openSync(path, 'r');
  try {
    fstatSync(file);
    return readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
}
