import { lazy, type Component } from 'solid-js';

import { isConnectionLost, untilReconnected } from './connection.ts';

const waiting = new Set<() => Promise<unknown>>();

/**
 * A part of the page whose script comes after the first images, before it is needed: what cannot be fetched because the
 * server is away is fetched when it is back.
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

/** Fetches all parts that are not there yet, one after the other, when the browser has time. */
export async function prefetchLazyComponents(): Promise<void> {
  for (;;) {
    const [next] = waiting;
    if (next === undefined) return;
    await idle();
    waiting.delete(next);
    // What it is made of waits after it. What fails is tried again when it is needed.
    await next().catch(() => undefined);
  }
}

async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await load();
    } catch (error) {
      // A server that is there and has no such file is of another version than the page.
      if (attempt > 1 && !isConnectionLost()) throw error;
      await untilReconnected();
    }
  }
}

async function idle(): Promise<void> {
  await new Promise<void>((resolve) => {
    // Safari has no such call.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve());
    else setTimeout(resolve, 200);
  });
}
