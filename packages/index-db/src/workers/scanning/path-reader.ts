import { MessageChannel } from 'node:worker_threads';
import type { ReadPathsOptions } from '@iib-kit/catalog';
import type { MethodCaller, WorkerClient } from '@iib-kit/threads';
import type { ScannerMethods } from '../scanner-worker.ts';
import { createScanners, type ScannerParts, scanOver } from './scanners.ts';
import type { WriterMethods } from '../writer-methods.ts';

export interface PathReader {
  /** Waits for the reading before it, and for no update. */
  read(paths: readonly string[], options: ReadPathsOptions): Promise<void>;
  /** Stops what runs and refuses what waits. */
  close(reason: Error): Promise<void>;
  /** Kills the thread that reads. */
  end(reason: Error): Promise<void>;
}

export interface PathReaderParts extends ScannerParts {
  readonly writer: MethodCaller<WriterMethods>;
  /** Waits until listeners were notified of what was written. */
  readonly flushed: () => Promise<void>;
}

/** Reads single paths, on a thread of its own that is kept for a while: who changes a file often changes another. */
export function createPathReader({ path, describer, exclude, writer, flushed }: PathReaderParts): PathReader {
  const scanners = createScanners({ path, describer, exclude });
  const stop = new AbortController();
  let last: Promise<unknown> = Promise.resolve();
  let closed: Error | undefined;
  let current: WorkerClient<ScannerMethods> | undefined;

  async function release(scanner: WorkerClient<ScannerMethods>, isReusable: boolean): Promise<void> {
    current = undefined;
    if (isReusable && closed === undefined) {
      scanners.keep(scanner);
      return;
    }
    // One that was stopped still has to notice that, and closes its database then.
    await scanner.whenIdle();
    await scanner.end(scanOver);
  }

  async function readNow(paths: readonly string[], { signal, ...scope }: ReadPathsOptions): Promise<void> {
    if (closed !== undefined) throw closed;
    signal?.throwIfAborted();
    const scanner = scanners.take();
    current = scanner;
    const { port1, port2 } = new MessageChannel();
    const stopped = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
    let isReusable = false;
    try {
      await writer.call('serveRead', { port: port1 }, { transfer: [port1] });
      await scanner.call('read', { ...scope, paths, port: port2 }, { transfer: [port2], signal: stopped });
      await flushed();
      isReusable = true;
    } catch (error) {
      signal?.throwIfAborted();
      throw closed ?? error;
    } finally {
      await release(scanner, isReusable);
    }
  }

  return {
    read(paths, options) {
      const run = last.then(() => readNow(paths, options));
      last = run.catch(() => undefined);
      return run;
    },
    async close(reason) {
      closed = reason;
      stop.abort(reason);
      await Promise.all([last, scanners.endPrepared()]);
    },
    async end(reason) {
      await Promise.all([current?.end(reason), scanners.endPrepared()]);
    },
  };
}
