import { describe, expect, test } from 'vitest';

import { ApiError } from '../src/errors/api-error.ts';
import { parseRetryAfter } from '../src/errors/refusal.ts';
import { retryDelay } from '../src/request/retry.ts';
import { entries } from './helpers/entries.ts';
import { failure } from './helpers/failure.ts';
import { inTurn, json, serve } from './helpers/servers.ts';

const busy = json({ detail: 'busy' }, 503);
const retry = { minDelay: 1, maxDelay: 2000 };

describe.each(entries)('the client for %s', (_, createClient) => {
  test('sends again what only asks, up to the limit', async () => {
    const recovers = inTurn(busy, busy, json('hello'));
    expect(await createClient({ baseUrl: await serve(recovers), retry }).system.hello()).toBe('hello');
    expect(recovers.count()).toBe(3);
    const stays = inTurn(busy);
    const client = createClient({ baseUrl: await serve(stays), retry: { ...retry, limit: 3 } });
    expect(await failure(client.system.hello())).toMatchObject({ code: 'server-stopping' });
    expect(stays.count()).toBe(4);
  });

  test('sends searches again, which only ask by POST, and nothing that changes something', async () => {
    const page = { files: [], cursor: { has_next: false, next: '' }, unavailable: [] };
    const search = inTurn(busy, json(page));
    expect(await createClient({ baseUrl: await serve(search), retry }).search.byQuery()).toEqual(page);
    const changes = inTurn(busy, json(null));
    const client = createClient({ baseUrl: await serve(changes), retry });
    expect(await failure(client.tags.remove({ tag_id: 2 }))).toMatchObject({ status: 503 });
    expect(changes.count()).toBe(1);
    const update = inTurn(busy, json(null));
    expect(
      await failure(createClient({ baseUrl: await serve(update), retry }).search.updateIndex()),
    ).toMatchObject({ status: 503 });
    expect(update.count()).toBe(1);
  });

  test('sends again after a cut and after the page of a proxy, and not after a refusal that stays', async () => {
    const cut = inTurn((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('"hel', () => response.destroy());
    }, json('hello'));
    expect(await createClient({ baseUrl: await serve(cut), retry }).system.hello()).toBe('hello');
    const proxy = inTurn((_, response) => {
      response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
    }, json('hello'));
    expect(await createClient({ baseUrl: await serve(proxy), retry }).system.hello()).toBe('hello');
    for (const status of [400, 401, 403, 408, 500]) {
      const refused = inTurn(json({ detail: 'no' }, status), json('hello'));
      const client = createClient({ baseUrl: await serve(refused), retry });
      expect(await failure(client.system.hello())).toMatchObject({ status });
      expect(refused.count()).toBe(1);
    }
  });

  test('waits as long as Retry-After says, in seconds or until a date, and gives up where that is too long', async () => {
    const seconds = inTurn(json({ detail: 'busy' }, 429, { 'retry-after': '1' }), json('hello'));
    const startedAt = Date.now();
    await createClient({ baseUrl: await serve(seconds), retry }).system.hello();
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(990);
    const tooLong = inTurn(json({ detail: 'busy' }, 429, { 'retry-after': '3' }), json('hello'));
    expect(
      await failure(createClient({ baseUrl: await serve(tooLong), retry }).system.hello()),
    ).toMatchObject({
      code: 'too-many-requests',
      retryAfter: 3000,
    });
    expect(tooLong.count()).toBe(1);
  });

  test('never sends again once bytes were given to the caller', async () => {
    const cut = inTurn((_, response) => {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': '10' });
      response.write('abc', () => setTimeout(() => response.destroy(), 10));
    });
    const answer = await createClient({ baseUrl: await serve(cut), retry }).media.file({ path: '/a' });
    expect(await failure(answer.bytes())).toMatchObject({ code: 'stream-cut' });
    expect(cut.count()).toBe(1);
  });

  test('the timeout covers all attempts and the waits between them', async () => {
    const stays = inTurn(busy);
    const client = createClient({
      baseUrl: await serve(stays),
      timeout: 100,
      retry: { limit: 50, minDelay: 2000, maxDelay: 2000 },
    });
    expect(await failure(client.system.hello())).toMatchObject({ name: 'ClientError', code: 'timeout' });
    expect(stays.count()).toBeLessThan(2);
  });
});

test('waits double, vary between half and all of that, and stop growing', () => {
  const error = new ApiError(503, 'busy');
  const limits = { minDelay: 100, maxDelay: 1000 };
  const delays = (random: number) =>
    [0, 1, 2, 3, 4, 5].map((attempt) => retryDelay(error, attempt, limits, () => random));
  expect(delays(0)).toEqual([50, 100, 200, 400, 500, 500]);
  expect(delays(1)).toEqual([100, 200, 400, 800, 1000, 1000]);
});

test.each([
  ['120', 120_000],
  ['0', 0],
  ['Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
  ['Wed, 31 Dec 2025 23:00:00 GMT', 0],
  ['soon', undefined],
  [undefined, undefined],
])('Retry-After %s is %s ms', (header, expected) => {
  expect(parseRetryAfter(header, Date.UTC(2026, 0, 1))).toBe(expected);
});
