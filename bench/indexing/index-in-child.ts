import { fork } from 'node:child_process';
import type { EventLoopDelay } from '../measure/event-loop-delay.ts';

/** What the child process is asked to index. */
export interface IndexRequest {
  readonly databasePath: string;
  readonly root: string;
}

/** What one child process measured of itself. */
export interface IndexMeasurement {
  readonly added: number;
  readonly failed: number;
  readonly updateMs: number;
  readonly unchangedMs: number;
  readonly progressEvents: number;
  readonly delay: EventLoopDelay;
  readonly memory: { readonly before: number; readonly peak: number };
}

/** Indexes in a process of its own, so that memory and event loop are those of indexing alone. */
export function indexInChild(request: IndexRequest): Promise<IndexMeasurement> {
  const child = fork(new URL('index-library.js', import.meta.url), { execArgv: [] });
  return new Promise((resolve, reject) => {
    child.once('message', (measurement) => resolve(measurement as IndexMeasurement));
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      reject(
        new Error(`the indexing process ended without a result (${signal ?? `exit code ${String(code)}`})`),
      );
    });
    child.send(request);
  });
}
