import { createEffect, createRoot, createSignal, on } from 'solid-js';

/** How long the server may be silent before it is said, in milliseconds: a restart takes less. */
const PATIENCE = 1500;

const [isConnectionLost, setConnectionLost] = createSignal(false);
const [reconnects, setReconnects] = createSignal(0);
let timer: ReturnType<typeof setTimeout> | undefined;

/** Whether the server does not answer. */
export { isConnectionLost };

/** Counts how often the server came back: images that could not be fetched try again when it changes. */
export { reconnects };

export function reportNoResponse(): void {
  timer ??= setTimeout(() => setConnectionLost(true), PATIENCE);
}

export function reportResponse(): void {
  if (timer === undefined) return;
  clearTimeout(timer);
  timer = undefined;
  setConnectionLost(false);
  setReconnects((count) => count + 1);
}

/** Waits until the server came back, or a few seconds: the stream of events may not have noticed that it was away. */
export function untilReconnected(signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    createRoot((dispose) => {
      const end = () => {
        clearTimeout(fallback);
        dispose();
        resolve();
      };
      const fallback = setTimeout(end, 5000);
      signal?.addEventListener('abort', end, { once: true });
      createEffect(on(reconnects, end, { defer: true }));
    });
  });
}
