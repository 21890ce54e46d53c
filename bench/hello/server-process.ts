import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface ServeRequest {
  readonly root: string;
  readonly databasePath: string;
  readonly cacheDir: string;
}

/** What the serving process says: first where it listens, then how many images it indexed. */
export type ServeReport = { readonly url: string } | { readonly added: number };

/** A server in a process of its own, as a user's would be. */
export interface ServerProcess {
  readonly url: string;
  /** Indexes the library; resolves to the number of images added. */
  index(): Promise<number>;
  end(): Promise<void>;
}

export async function startServer(request: ServeRequest): Promise<ServerProcess> {
  const child = fork(new URL('serve-library.js', import.meta.url), { execArgv: [] });
  child.send(request);
  const first = await nextReport(child);
  if (!('url' in first)) throw new Error('the server did not say where it listens');
  return {
    url: first.url,
    async index() {
      child.send('index');
      const report = await nextReport(child);
      return 'added' in report ? report.added : 0;
    },
    async end() {
      child.send('end');
      await once(child, 'exit');
    },
  };
}

function nextReport(child: ChildProcess): Promise<ServeReport> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) =>
      reject(new Error(`the server ended with exit code ${String(code)}`));
    child.once('exit', ended);
    child.once('message', (report) => {
      child.off('exit', ended);
      resolve(report as ServeReport);
    });
  });
}
