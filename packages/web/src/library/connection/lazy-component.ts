import { lazy, type Component } from 'solid-js';

import { isConnectionLost, untilReconnected } from './connection.ts';

const waiting = new Set<() => Promise<unknown>>();

/**
 * A component whose script is fetched after the first images, in advance or when it is first shown. If the server is
 * unreachable, the script is fetched after the reconnect.
 */
export function lazyComponent<Props extends object>(load: () => Promise<Component<Props>>): Component<Props> {
  let loading: Promise<Component<Props>> | undefined;
  const loadOnce = () =>
    (loading ??= patiently(load).catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));
  waiting.add(loadOnce);
  return lazy(async () => {
    waiting.delete(loadOnce);
    return { default: await loadOnce() };
  });
}

/** Fetches the scripts of all lazy components, one after the other, while the browser is idle. */
export async function prefetchLazyComponents(): Promise<void> {
  for (;;) {
    const [next] = waiting;
    if (next === undefined) return;
    await idle();
    waiting.delete(next);
    // A failure is retried when the component is first shown.
    await next().catch(() => undefined);
  }
}

async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await load();
    } catch (error) {
      // If the server responds but has no such file, it is of another version than the page.
      if (attempt > 1 && !isConnectionLost()) throw error;
      await untilReconnected();
    }
  }
}

async function idle(): Promise<void> {
  await new Promise<void>((resolve) => {
    // Safari lacks requestIdleCallback.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve());
    else setTimeout(resolve, 200);
  });
}
