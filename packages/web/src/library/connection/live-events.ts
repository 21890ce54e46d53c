import type { Client } from '@iib-kit/client/browser';
import type { LiveEvent } from '@iib-kit/contract';
import { createEffect, on, onCleanup } from 'solid-js';

import { signIns } from './session.ts';
import { reportResponse, reportNoResponse } from './connection.ts';
import { isKeyRefusal } from './request-failure.ts';
import { reportFailure } from './query-client.ts';

/** A page that nobody sees lets its connection go after this long; a browser has six for a server. */
const HIDDEN_MILLISECONDS = 30_000;

const LONGEST_PAUSE = 10_000;

type Listener = (event: LiveEvent) => void;
const listeners = new Set<Listener>();

/** Calls back for each thing that happens in the library, as long as the component is there. */
export function useLiveEvents(listener: Listener): void {
  listeners.add(listener);
  onCleanup(() => listeners.delete(listener));
}

/** Ends a pause of the stream: the user wants it now, or the server was seen to answer. */
let wake = () => {};
export function reconnectNow(): void {
  wake();
}

/** Follows the events of the server as long as the component is there, going on where it was after every break. */
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
    const hidden = whileSeen(ending);
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
    else await pause(Math.min(LONGEST_PAUSE, 250 * 2 ** failures), ending);
  }
}

/** Where the server was when it gave out the page: what happens before the stream is open is not missed. */
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

/** Aborts when the application ends, or when nobody has seen the page for a while. */
function whileSeen(ending: AbortSignal): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(() => controller.abort(), HIDDEN_MILLISECONDS);
  };
  look();
  document.addEventListener('visibilitychange', look);
  const stop = () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
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
