import type { Writable } from 'node:stream';

/** How long what can be finished may take before the process ends all the same, in milliseconds. */
const CLOSING_TIME = 10_000;

export interface LastHandlerOptions {
  readonly errors: Pick<Writable, 'write'>;
  /** Finishes what can be finished. */
  readonly close: () => Promise<void>;
  /** Ends the process. */
  readonly exit: (code: number) => void;
}

/**
 * For errors that nobody caught: says what it was, finishes what can be finished and ends the process with status 1. Of
 * a process that goes on after one nobody knows what it is in.
 */
export function lastHandler({ errors, close, exit }: LastHandlerOptions): (error: unknown) => void {
  let isEnding = false;
  async function end(): Promise<void> {
    const timer = setTimeout(() => exit(1), CLOSING_TIME);
    await close().catch(() => undefined);
    clearTimeout(timer);
    exit(1);
  }
  return (error) => {
    // What breaks while it ends says less than what broke first.
    if (isEnding) return;
    isEnding = true;
    errors.write(`iib-kit: unexpected error, stopping: ${described(error)}\n`);
    void end();
  };
}

function described(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
