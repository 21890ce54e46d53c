import { MessageChannel } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { scannedFile } from '../../test/helpers/scanned-file.ts';
import { BatchPacker, buffersOf, type PackedBatch } from '@iib-kit/catalog/scan';
import { openWriterStore } from '../sqlite/write/writer-store.ts';
import { ChannelCaller, portChannel } from '@iib-kit/threads';
import { reviveIndexError } from './revive-index-error.ts';
import { type ScanMethods, writerMethods } from './writer-methods.ts';

async function openWriter() {
  const store = await openWriterStore(':memory:');
  const upkeep = { wake() {}, pause: () => () => {}, close() {} };
  const writer = writerMethods(store, () => {}, { checkFile() {}, tasks: [], upkeep });
  onTestFinished(() => void store.db.close());
  return {
    writer,
    paths: () => store.db.prepare('SELECT path FROM image ORDER BY path').pluck().all(),
    folders: () => store.db.prepare('SELECT path FROM folders ORDER BY path').pluck().all(),
    /** A scan that has begun, with the port at its end. */
    beginScan: () => {
      const { port1, port2 } = new MessageChannel();
      writer.serveScan({ port: port1 });
      onTestFinished(() => port2.close());
      const caller = new ChannelCaller<ScanMethods>(portChannel(port2), { reviveError: reviveIndexError });
      const send = (...files: string[]) => {
        const batch = batchOf(files);
        return caller.call('writeBatch', batch, { transfer: buffersOf(batch) });
      };
      return { send };
    },
  };
}

function batchOf(paths: readonly string[]): PackedBatch {
  const packer = new BatchPacker();
  for (const path of paths) packer.add(scannedFile(path));
  return packer.finish({ tagNames: [], tagTypes: [], failures: [] });
}

it('writes no batch of a scan that was given up once the next has begun', async () => {
  const { writer, beginScan, paths, folders } = await openWriter();
  const first = beginScan();
  await first.send('/one/1.png', '/two/1.png');
  // On its way while the folder is taken out and the scan of what is left begins.
  const late = first.send('/one/2.png');
  writer.removePaths([['/one']]);
  const next = beginScan();
  await expect(late).rejects.toMatchObject({ code: 'closed', message: 'The scan is over' });
  await next.send('/two/2.png');
  expect([paths(), folders()]).toEqual([['/two/1.png', '/two/2.png'], ['/two']]);
});

it('writes what is on its way when a scan ends by itself', async () => {
  const { beginScan, paths } = await openWriter();
  const { send } = beginScan();
  await Promise.all([send('/one/1.png'), send('/one/2.png')]);
  expect(paths()).toEqual(['/one/1.png', '/one/2.png']);
});
