import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { IibOptions } from '@iib-kit/server';
import type { Mount } from './mounts.ts';

export interface ServeRequest {
  readonly mount: Mount;
  readonly options: Pick<IibOptions, 'dbPath' | 'cacheDir' | 'extraPaths'>;
}

export type Order = 'index' | 'memory' | 'end';

/** Resident memory since it was asked for last, and the heap of the main thread, in bytes. */
export interface MemoryReport {
  readonly now: number;
  readonly peak: number;
  readonly heap: number;
}

export type Report =
  | { readonly port: number }
  | { readonly added: number }
  | { readonly memory: MemoryReport };

/** A server in a process of its own. */
export interface ServerUnderLoad {
  readonly port: number;
  /** Brings its index up to date; resolves to the number of images added. */
  index(): Promise<number>;
  memory(): Promise<MemoryReport>;
  end(): Promise<void>;
}

export async function startServer(
  request: ServeRequest,
  execArgv: readonly string[] = [],
): Promise<ServerUnderLoad> {
  const child = fork(new URL('server-under-load.js', import.meta.url), { execArgv: [...execArgv] });
  const waiting = new Map<string, (report: Report) => void>();
  child.on('message', (report: Report) => {
    const [key = ''] = Object.keys(report);
    waiting.get(key)?.(report);
  });
  const report = <K extends string>(key: K) =>
    new Promise<Extract<Report, Record<K, unknown>>>((resolve, reject) => {
      const onExit = () => reject(new Error('the server ended before it was told to'));
      child.once('exit', onExit);
      waiting.set(key, (found) => {
        child.off('exit', onExit);
        resolve(found as Extract<Report, Record<K, unknown>>);
      });
    });
  child.send(request);
  const { port } = await report('port');
  return {
    port,
    async index() {
      child.send('index' satisfies Order);
      return (await report('added')).added;
    },
    async memory() {
      child.send('memory' satisfies Order);
      return (await report('memory')).memory;
    },
    async end() {
      const ended = once(child, 'exit');
      child.send('end' satisfies Order);
      await ended;
    },
  };
}
