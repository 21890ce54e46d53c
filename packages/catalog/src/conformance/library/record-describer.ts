import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { FileDescription } from '../../scan/describe-file.ts';
import type { MediaFile } from '../../scan/open-media-file.ts';
import type { FileRecord } from './write-record.ts';

// A reader for tests that need more than `plain-describer`: a file of any medium holds its own description as JSON.
const lookAgainMs = 2;

async function waitAt(gate: string): Promise<void> {
  writeFileSync(`${gate}.reached`, '');
  while (!existsSync(`${gate}.open`)) await setTimeout(lookAgainMs);
}

export function describeFile(file: MediaFile): FileDescription | Promise<FileDescription> {
  const text = Buffer.from(file.read(0, file.size)).toString('utf8');
  const { gate, ...record } = JSON.parse(text) as FileRecord;
  const description = { isMedia: true, infotext: '', tags: [], ...record };
  return gate === undefined ? description : waitAt(gate).then(() => description);
}
