import { createEffect, createRoot, createSignal, on } from 'solid-js';

/** How long the server may not respond before the user is told, in milliseconds: longer than a restart takes. */
const LOSS_DELAY = 1500;

const [isConnectionLost, setConnectionLost] = createSignal(false);
const [reconnects, setReconnects] = createSignal(0);
let timer: ReturnType<typeof setTimeout> | undefined;

/** Whether the server does not respond. */
export { isConnectionLost };

/** Counts reconnects. Images that failed to load are requested again when it changes. */
export { reconnects };

export function reportNoResponse(): void {
  timer ??= setTimeout(() => setConnectionLost(true), LOSS_DELAY);
}

export function reportResponse(): void {
  if (timer === undefined) return;
  clearTimeout(timer);
  timer = undefined;
  setConnectionLost(false);
  setReconnects((count) => count + 1);
}

/** Waits for a reconnect, but only a few seconds, as the event stream may not have noticed an interruption. */
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
