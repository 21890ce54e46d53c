import type { CallOptions } from './method-caller.ts';

/**
 * Gives the progress of a call as it comes, for calls whose result comes in parts. Throws what the call rejects with;
 * a reader that leaves early cancels it.
 */
export async function* streamProgress<Progress>(
  start: (options: Required<Pick<CallOptions<Progress>, 'signal' | 'onProgress'>>) => Promise<unknown>,
): AsyncGenerator<Progress, void> {
  const parts: Progress[] = [];
  const controller = new AbortController();
  let wake: () => void = () => undefined;
  let isOver = false;
  const over = (): void => {
    isOver = true;
    wake();
  };
  const onProgress = (part: Progress): void => {
    parts.push(part);
    wake();
  };
  const outcome = start({ signal: controller.signal, onProgress });
  outcome.then(over, over);
  try {
    while (true) {
      const part = parts.shift();
      if (part !== undefined) yield part;
      else if (isOver) return void (await outcome);
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    controller.abort();
  }
}
