import type { Client } from '@iib-kit/client/browser';
import type { LiveEvent } from '@iib-kit/contract';
import { createEffect, on, onCleanup } from 'solid-js';

import { signIns } from './session.ts';
import { reportResponse, reportNoResponse } from './connection.ts';
import { isKeyRefusal } from './request-failure.ts';
import { reportFailure } from './query-client.ts';

/** After this time a hidden page closes its stream, since a browser opens only six connections to a server. */
const MAX_HIDDEN_TIME = 30_000;

const MAX_RETRY_DELAY = 10_000;

type Listener = (event: LiveEvent) => void;
const listeners = new Set<Listener>();

/** Calls back for each live event, for as long as the component exists. */
export function useLiveEvents(listener: Listener): void {
  listeners.add(listener);
  onCleanup(() => listeners.delete(listener));
}

/** Ends the pause before the next attempt to connect. */
let wake = () => {};
export function reconnectNow(): void {
  wake();
}

/** Follows the live events for as long as the component exists, and resumes after each interruption. */
export function followLiveEvents(client: Client): void {
  const ending = new AbortController();
  onCleanup(() => ending.abort());
  createEffect(on(signIns, () => reconnectNow(), { defer: true }));
  for (const name of ['online', 'visibilitychange']) {
    addEventListener(name, reconnectNow, { signal: ending.signal });
  }
  void follow(client, ending.signal);
}

async function follow(client: Client, ending: AbortSignal): Promise<void> {
  let cursor = pageCursor();
  let failures = 0;
  const note = (next: string | undefined) => {
    failures = 0;
    cursor = next ?? cursor;
    reportResponse();
  };
  while (!ending.aborted) {
    const hidden = whileVisible(ending);
    try {
      await readStream(client, cursor, hidden.signal, note);
      failures += 1;
    } catch (error) {
      if (ending.aborted) return;
      failures += 1;
      if (!hidden.signal.aborted) {
        reportFailure(error);
        if (!isKeyRefusal(error)) reportNoResponse();
      }
    } finally {
      hidden.stop();
    }
    if (document.hidden) await pause(Number.POSITIVE_INFINITY, ending);
    else await pause(Math.min(MAX_RETRY_DELAY, 250 * 2 ** failures), ending);
  }
}

/** The event cursor at the time the page was served, so that no event before the stream opens is missed. */
function pageCursor(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[name=event-cursor]')?.content;
}

async function readStream(
  client: Client,
  cursor: string | undefined,
  signal: AbortSignal,
  note: (cursor: string | undefined) => void,
): Promise<void> {
  const events = await client.events.stream(cursor === undefined ? {} : { cursor }, { signal });
  for await (const { id, event } of events) {
    note(event.type === 'ready' || event.type === 'reset' ? event.cursor : id);
    for (const listener of listeners) listener(event);
  }
}

/** A signal that aborts when the application ends, or when the page has been hidden for a while. */
function whileVisible(ending: AbortSignal): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const check = () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(() => controller.abort(), MAX_HIDDEN_TIME);
  };
  check();
  document.addEventListener('visibilitychange', check);
  const stop = () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', check);
  };
  return { signal: AbortSignal.any([ending, controller.signal]), stop };
}

function pause(milliseconds: number, ending: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = Number.isFinite(milliseconds) ? setTimeout(resolve, milliseconds) : undefined;
    wake = () => {
      if (document.hidden) return;
      clearTimeout(timer);
      resolve();
    };
    ending.addEventListener('abort', () => resolve(), { once: true });
  });
}
