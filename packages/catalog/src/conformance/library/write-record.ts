import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FileDescription } from '../../scan/describe-file.ts';

/** What a file says of itself that `record-describer` reads. */
export interface FileRecord extends Partial<FileDescription> {
  /** Reading it writes `GATE.reached`, and goes on once there is a `GATE.open`. */
  readonly gate?: string;
}

/** Writes such a file; `bytes` is its size, unless it says more, `time` its modification time in Unix seconds. */
export function writeRecord(
  path: string,
  record: FileRecord,
  { time = 1_700_000_000, bytes = 0 }: { time?: number; bytes?: number } = {},
): void {
  mkdirSync(dirname(path), { recursive: true });
  const text = Buffer.from(JSON.stringify(record));
  writeFileSync(path, Buffer.concat([text, Buffer.alloc(Math.max(0, bytes - text.length), ' ')]));
  setTime(path, time);
}

/** Gives a file another modification time, in Unix seconds. */
export function setTime(path: string, time: number): void {
  // As a number, Node takes a time before 1970 for now.
  const date = new Date(time * 1000);
  utimesSync(path, date, date);
}
