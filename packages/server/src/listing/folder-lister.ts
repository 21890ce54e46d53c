import { Worker } from 'node:worker_threads';

import { spellPath, systemPath } from '@iib-kit/catalog';

import type { FolderPart, ListingReport, ListingRequest } from './folder-part.ts';

/** Threads at most: a drive that does not answer holds one of them up, not the other listings. */
const MAX_THREADS = 4;

/** A thread that had nothing to do for so long ends. */
const IDLE_MS = 30_000;

/** Reads folders on threads of their own. */
export interface FolderLister {
  /** The entries in the order of the system, a part at a time. Throws as `readdir` does. */
  list(folder: string): AsyncIterable<FolderPart>;
  close(): Promise<void>;
}

interface Thread {
  readonly worker: Worker;
  idleTimer: NodeJS.Timeout | undefined;
}

export function createFolderLister(): FolderLister {
  const idle: Thread[] = [];
  const all = new Set<Thread>();
  const waiting: ((thread: Thread) => void)[] = [];
  let isClosed = false;

  function start(): Thread {
    const worker = new Worker(new URL('./listing-worker.js', import.meta.url), { execArgv: [] });
    const thread: Thread = { worker, idleTimer: undefined };
    // What a host program waits for is its own server; who waits for a listing hears of an error.
    worker.unref();
    worker.on('error', () => undefined);
    worker.once('exit', () => drop(thread));
    all.add(thread);
    return thread;
  }

  function drop(thread: Thread): void {
    clearTimeout(thread.idleTimer);
    all.delete(thread);
    const position = idle.indexOf(thread);
    if (position >= 0) idle.splice(position, 1);
  }

  async function take(): Promise<Thread> {
    const thread = idle.pop();
    if (thread !== undefined) {
      clearTimeout(thread.idleTimer);
      return thread;
    }
    if (all.size < MAX_THREADS) return start();
    return new Promise((resolve) => waiting.push(resolve));
  }

  function giveBack(thread: Thread): void {
    const next = waiting.shift();
    if (!all.has(thread)) {
      next?.(start());
    } else if (next !== undefined) {
      next(thread);
    } else {
      idle.push(thread);
      thread.idleTimer = setTimeout(() => void thread.worker.terminate(), IDLE_MS);
      thread.idleTimer.unref();
    }
  }

  async function end(thread: Thread): Promise<void> {
    drop(thread);
    await thread.worker.terminate();
  }

  return {
    async *list(folder) {
      if (isClosed) throw new Error('the lister is closed');
      const thread = await take();
      let isFinished = false;
      try {
        for await (const report of reportsOf(thread.worker, { folder: systemPath(folder) })) {
          if ('part' in report) {
            yield { ...report.part, names: report.part.names.map(spelled) };
            continue;
          }
          isFinished = true;
          if ('failed' in report) throw failure(report.failed);
          return;
        }
      } finally {
        // Given up half-way: the thread goes on reading for nobody.
        if (!isFinished) await end(thread);
        giveBack(thread);
      }
    },
    async close() {
      isClosed = true;
      await Promise.all([...all].map(end));
    },
  };
}

function spelled(name: string | Uint8Array): string {
  return typeof name === 'string' ? name : spellPath(Buffer.from(name));
}

/** What a thread says to one request. */
async function* reportsOf(worker: Worker, request: ListingRequest): AsyncGenerator<ListingReport> {
  const reports: ListingReport[] = [];
  let ended: unknown;
  let wake: () => void = () => undefined;
  const onMessage = (report: ListingReport) => {
    reports.push(report);
    wake();
  };
  const onError = (error: unknown) => {
    ended = error;
    wake();
  };
  const onExit = () => onError(ended ?? new Error('the listing thread ended'));
  worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  try {
    worker.postMessage(request);
    while (true) {
      const report = reports.shift();
      if (report !== undefined) yield report;
      else if (ended !== undefined) throw ended;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    worker.off('message', onMessage).off('error', onError).off('exit', onExit);
  }
}

function failure({ code, message }: { code: string; message: string }): Error {
  return Object.assign(new Error(message), { code });
}
