import type { RequestListener } from 'node:http';

import { describe, expect, test } from 'vitest';

import type { WatchBreak } from '../src/index.ts';
import { streamChunks } from '../src/transport/stream-chunks.ts';
import { entries } from './helpers/entries.ts';
import { all, failure } from './helpers/failure.ts';
import { inTurn, json, serve } from './helpers/servers.ts';

interface Sent {
  readonly id?: string;
  readonly event: object;
}

const ready = (cursor: string): Sent => ({ id: cursor, event: { type: 'ready', cursor } });
const marks = (id: string, ...paths: string[]): Sent => ({ id, event: { type: 'marks', paths } });

/** A stream that sends events and then breaks, or goes on in silence. */
function stream(
  sent: readonly Sent[],
  { stays = false, asked = [] as (string | null)[] } = {},
): RequestListener {
  return (request, response) => {
    asked.push(new URL(request.url ?? '', 'http://a').searchParams.get('cursor'));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    const text = sent.map(
      ({ id, event }) => `${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(event)}\n\n`,
    );
    response.write(`retry: 1\n\n${text.join('')}`, () => {
      if (!stays) setTimeout(() => response.destroy(), 10);
    });
  };
}

const retry = { minDelay: 1 };

describe.each(entries)('the client for %s', (_, createClient) => {
  test('goes on where it was after breaks, and tells of them', async () => {
    const asked: (string | null)[] = [];
    const baseUrl = await serve(
      inTurn(
        stream([ready('a-0'), marks('a-1', '/1')], { asked }),
        json({ detail: 'restarting' }, 503),
        stream([ready('a-1'), marks('a-2', '/2')], { asked }),
        stream([ready('a-2'), marks('a-3', '/3')], { asked, stays: true }),
      ),
    );
    const breaks: WatchBreak[] = [];
    const seen: unknown[] = [];
    const watch = createClient({ baseUrl, retry }).events.watch({ onBreak: (lost) => breaks.push(lost) });
    for await (const { id, event } of watch) {
      seen.push(event.type === 'marks' ? [id, ...event.paths] : event.type);
      if (id === 'a-3') break;
    }
    expect(seen).toEqual(['ready', ['a-1', '/1'], 'ready', ['a-2', '/2'], 'ready', ['a-3', '/3']]);
    expect(asked).toEqual([null, 'a-1', 'a-2']);
    expect(breaks.map(({ attempt }) => attempt)).toEqual([1, 2, 1]);
    expect(breaks.map(({ error }) => (error as { code?: string }).code)).toEqual([
      'stream-cut',
      'server-stopping',
      'stream-cut',
    ]);
  });

  test('tells that events may have been missed: as the server does, or where there was no place to go on from', async () => {
    const reset = { id: 'b-0', event: { type: 'reset', cursor: 'b-0', reason: 'unknown-cursor' } };
    const known = await serve(inTurn(stream([ready('a-0')]), stream([reset], { stays: true })));
    const unknown = await serve(inTurn(stream([]), stream([ready('b-0')], { stays: true })));
    for (const [baseUrl, count] of [
      [known, 2],
      [unknown, 1],
    ] as const) {
      const seen: object[] = [];
      for await (const event of createClient({ baseUrl, retry }).events.watch()) {
        seen.push(event);
        if (seen.length === count) break;
      }
      expect(seen.at(-1)).toEqual(reset);
    }
  });

  test('begins after the cursor that is given', async () => {
    const asked: (string | null)[] = [];
    const baseUrl = await serve(stream([ready('a-7')], { asked, stays: true }));
    for await (const { event } of createClient({ baseUrl }).events.watch({ cursor: 'a-7' })) {
      expect(event).toEqual({ type: 'ready', cursor: 'a-7' });
      break;
    }
    expect(asked).toEqual(['a-7']);
  });

  test('gives up on what will not pass, at first and later', async () => {
    const refused = inTurn(json({ detail: { type: 'secret_verification_failed' } }, 401));
    const atFirst = createClient({ baseUrl: await serve(refused), retry }).events.watch();
    expect(await failure(all(atFirst))).toMatchObject({ name: 'ApiError', code: 'unauthorized' });
    expect(refused.count()).toBe(1);
    const later = await serve(inTurn(stream([ready('a-0')]), refused));
    expect(await failure(all(createClient({ baseUrl: later, retry }).events.watch()))).toMatchObject({
      code: 'unauthorized',
    });
  });

  test('an abort ends it with its reason, connected or waiting', async () => {
    const connected = new AbortController();
    const baseUrl = await serve(stream([ready('a-0')], { stays: true }));
    const reading = (async () => {
      for await (const { event } of createClient({ baseUrl }).events.watch({ signal: connected.signal })) {
        expect(event.type).toBe('ready');
        setTimeout(() => connected.abort('enough'), 10);
      }
    })();
    expect(await failure(reading)).toBe('enough');

    const waiting = new AbortController();
    const breaks = await serve(stream([ready('a-0')]));
    const watch = createClient({ baseUrl: breaks, retry: { minDelay: 20_000 } }).events.watch({
      signal: waiting.signal,
      onBreak: () => setTimeout(() => waiting.abort('enough'), 10),
    });
    expect(await failure(all(watch))).toBe('enough');
  });

  test('closing the client ends it, connected or waiting', async () => {
    const connected = new AbortController();
    const baseUrl = await serve(stream([ready('a-0')], { stays: true }));
    const reading = (async () => {
      for await (const { event } of createClient({ baseUrl, signal: connected.signal }).events.watch()) {
        expect(event.type).toBe('ready');
        setTimeout(() => connected.abort('closed'), 10);
      }
    })();
    expect(await failure(reading)).toBe('closed');

    const waiting = new AbortController();
    const breaks = await serve(stream([ready('a-0')]));
    const client = createClient({ baseUrl: breaks, retry: { minDelay: 30_000 }, signal: waiting.signal });
    let delay = 0;
    let since = 0;
    const watch = client.events.watch({
      onBreak: (lost) => {
        delay = lost.delay;
        since = performance.now();
        setTimeout(() => waiting.abort('closed'), 10);
      },
    });
    expect(await failure(all(watch))).toBe('closed');
    // At once, not when it would have tried again.
    expect(performance.now() - since).toBeLessThan(delay);
  });
});

test('a stream without a word for too long counts as broken, and is cancelled', async () => {
  let cancelled = false;
  const silent = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array([1]));
    },
    cancel() {
      cancelled = true;
    },
  });
  const read: number[] = [];
  const reading = (async () => {
    for await (const chunk of streamChunks(silent, { maxSilence: 30 })) read.push(...chunk);
  })();
  expect(await failure(reading)).toEqual(new Error('nothing came for 0.03 seconds'));
  expect([read, cancelled]).toEqual([[1], true]);
});
