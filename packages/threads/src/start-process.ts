import { fork, type ChildProcess } from 'node:child_process';

import { processChannel } from './channel.ts';
import type { Methods } from './methods.ts';
import { connectWorker, type WorkerClient, type WorkerOptions } from './worker-client.ts';
import { WorkerError } from './worker-error.ts';

export interface ProcessOptions extends WorkerOptions {
  /** Changes to the environment; `undefined` takes a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

const hasGroups = process.platform !== 'win32';

/** Starts a Node process without input and output and connects to the methods that it serves. */
export function startProcess<M extends Methods>(
  script: URL,
  { env, ...options }: ProcessOptions = {},
): WorkerClient<M> {
  const child = fork(script, {
    // Flags of the program, such as loaders, are not for a built worker.
    execArgv: [],
    env: { ...process.env, ...env },
    // The head of a group of its own, so that programs which it runs end with it.
    detached: hasGroups,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const ended = new Promise<WorkerError>((resolve) => {
    child.on('error', (cause) => {
      resolve(new WorkerError('failed', `The process could not go on: ${cause.message}`, { cause }));
    });
    child.once('exit', (code, signal) => {
      resolve(
        new WorkerError('ended', `The process ended with ${signal ?? code}`, { signal: signal ?? undefined }),
      );
    });
  });
  const setRef = (isRef: boolean): void => {
    const method = isRef ? 'ref' : 'unref';
    child[method]();
    child.channel?.[method]();
  };
  return connectWorker<M>(
    {
      channel: processChannel(child),
      ended,
      setRef,
      kill: () => killGroup(child),
      pid: child.pid,
    },
    options,
  );
}

function killGroup(child: ChildProcess): void {
  try {
    if (hasGroups && child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone.
  }
  child.kill('SIGKILL');
}
