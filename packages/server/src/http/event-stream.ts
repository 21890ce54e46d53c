import { Readable } from 'node:stream';

import type { ServerEvent } from '@iib-kit/contract';

import type { Reply } from './reply.ts';

/** An event that its `type` names. */
export type NamedEvent = ServerEvent<{ readonly type: string }>;

/** How often a stream on which nothing happens says that it is alive, in milliseconds; proxies cut after 30 to 60 s. */
const KEEP_ALIVE = 15_000;

/** How long browsers wait before they open a stream again that broke, in milliseconds. */
const RETRY = 2000;

/** Of every answer that is a stream of events. */
export const eventHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  // Compressing and buffering in between would hold events back.
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
} as const;

/**
 * Events as a stream after the HTML standard. The iterator's `return` is called as soon as the client goes; events
 * are asked for only as fast as the client reads.
 */
export function eventStreamReply(
  events: AsyncIterable<NamedEvent>,
  signal: AbortSignal,
  { keepAlive = KEEP_ALIVE }: { keepAlive?: number } = {},
): Reply {
  const stream = new EventStream(events[Symbol.asyncIterator](), keepAlive);
  const destroy = () => void stream.destroy();
  if (signal.aborted) destroy();
  else signal.addEventListener('abort', destroy, { once: true });
  return {
    status: 200,
    headers: eventHeaders,
    body: stream,
  };
}

class EventStream extends Readable {
  readonly #events: AsyncIterator<NamedEvent>;
  readonly #beat: NodeJS.Timeout;
  #isAsking = false;

  constructor(events: AsyncIterator<NamedEvent>, keepAlive: number) {
    super();
    this.#events = events;
    // Sends the headers at once too.
    this.push(`retry: ${RETRY}\n\n`);
    this.#beat = setInterval(() => {
      if (this.readableLength === 0) this.push(': still here\n\n');
    }, keepAlive).unref();
  }

  override _read(): void {
    if (!this.#isAsking) void this.#ask();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearInterval(this.#beat);
    // Not waited for: whoever makes the events may be waiting for one.
    void this.#leave();
    done(error);
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    try {
      const { done, value } = await this.#events.next();
      this.#isAsking = false;
      if (!this.destroyed) this.push(done === true ? null : eventText(value));
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }

  async #leave(): Promise<void> {
    await this.#events.return?.();
  }
}

/** JSON has no line breaks of its own, so one `data:` line is enough. */
function eventText({ id, event }: NamedEvent): string {
  const name = id === undefined ? '' : `id: ${id}\n`;
  return `${name}event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
