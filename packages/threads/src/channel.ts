import type { ChildProcess, Serializable } from 'node:child_process';
import { parentPort, type MessagePort, type TransferListItem, type Worker } from 'node:worker_threads';

/** One end of a connection between two threads or processes. */
export interface Channel {
  /** Whether shared memory and transferred buffers reach the other end. */
  readonly sharesMemory: boolean;
  post(message: unknown, list?: readonly TransferListItem[], onUnsent?: (error: Error) => void): void;
  onMessage(listener: (message: unknown) => void): void;
  close(): void;
}

/** The channel over a message port, or to a thread from the one that started it. */
export function portChannel(port: MessagePort | Worker): Channel {
  return {
    sharesMemory: true,
    post: (message, list = []) => port.postMessage(message, [...list]),
    onMessage: (listener) => port.on('message', listener),
    close: () => void ('close' in port ? port.close() : port.terminate()),
  };
}

/** The channel to a child process, or from one to its parent. */
export function processChannel(end: ChildProcess | NodeJS.Process): Channel {
  return {
    sharesMemory: false,
    post(message, _list, onUnsent) {
      end.send?.(message as Serializable, undefined, undefined, (error) => {
        if (error) onUnsent?.(error);
      });
    },
    onMessage: (listener) => end.on('message', listener),
    close: () => end.disconnect?.(),
  };
}

/** In a worker: the channel to whoever started it. */
export function parentChannel(): Channel {
  return parentPort ? portChannel(parentPort) : processChannel(process);
}
