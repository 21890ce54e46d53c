import { rm } from 'node:fs/promises';

import type { ClusterResult } from '@iib-kit/contract';
import { expect, test } from 'vitest';

import { infotext, makeImage } from '../helpers/make-image.ts';
import { overTransports } from '../helpers/over-transports.ts';
import { answer, chat, standInModel } from '../helpers/stand-in-model.ts';
import { topicLibrary } from '../helpers/topic-library.ts';

const model = await standInModel();
const { service, folder, library, at } = await topicLibrary();
const hosted = await topicLibrary({
  ai: { apiKey: 'sk-secret-of-the-server', baseUrl: model.baseUrl, timeoutMs: 2000, retries: 0 },
});

interface Started {
  job_id: string;
  embedder: string;
  model: string;
}
interface Status {
  status: string;
  stage: string;
  progress: number;
  progress_detail: Record<string, unknown>;
  error: string | null;
  result: ClusterResult | null;
}

const foxes = ['fox-1.png', 'fox-2.png', 'fox-3.png'];
const lighthouses = ['sea/lighthouse-1.png', 'sea/lighthouse-2.png'];

overTransports(service, ({ get, send, json }) => {
  const cluster = async (body: object) => {
    const started = await json<Started>(send('POST', '/db/cluster_iib_output_job_start', body));
    for (;;) {
      const job = await json<Status>(get('/db/cluster_iib_output_job_status', { job_id: started.job_id }));
      if (!['queued', 'running'].includes(job.status)) return { started, job };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  test('without a key images are grouped on this machine, each in one cluster or in noise', async () => {
    const { started, job } = await cluster({ folder: library, threshold: '0.85', lang: 'zhHans' });
    expect(started).toMatchObject({ embedder: 'local', model: 'local-1' });
    expect(job).toMatchObject({ status: 'completed', stage: 'done', progress: 1, error: null });
    const { result } = job;
    expect(result).toMatchObject({
      folder: library,
      folders: [library],
      count: 7,
      threshold: 0.85,
      lang: 'zh-Hans',
      embedder: 'local',
      model: 'local-1',
      title_model: 'local',
      text_version: 'prompt-1-balanced',
      failed: 0,
    });
    expect(result?.clusters.map(({ id, size, paths }) => [id, size, [...paths].sort()])).toEqual([
      ['topic_1', 3, foxes.map(at)],
      ['topic_2', 2, lighthouses.map(at)],
    ]);
    expect([...(result?.noise ?? [])].sort()).toEqual([at('castle.png'), at('plain.png')]);
    expect(result?.clusters[0]?.title).toMatch(/fox|snow|pine/i);
    expect(result?.clusters[0]?.sample_prompt).toMatch(/^red fox, deep snow, pine forest, winter/);
  });

  test('without recursion images in folders below do not count', async () => {
    const { job } = await cluster({ folder_paths: [library], threshold: 0.85, recursive: false });
    expect(job.result?.count).toBe(5);
    expect(job.result?.clusters.map(({ size }) => size)).toEqual([3]);
  });

  test('a result that still holds is told and used again', async () => {
    const body = { folder: library, threshold: 0.84 };
    const first = await cluster(body);
    const cached = await json<{ cache_hit: boolean; stale: boolean; result: ClusterResult }>(
      send('POST', '/db/cluster_iib_output_cached', body),
    );
    expect(cached).toMatchObject({ cache_hit: true, stale: false, embedder: 'local' });
    expect(cached.result.clusters).toEqual(first.job.result?.clusters);
    expect((await cluster(body)).job.result?.cache_hit).toBe(true);
    expect(
      await json(send('POST', '/db/cluster_iib_output_cached', { ...body, threshold: 0.5 })),
    ).toMatchObject({ cache_hit: false, cached_at: null, stale: false, result: null });
  });

  test('images are found by what a text means, or what another shows', async () => {
    const search = (body: object) =>
      json<{ results: { path: string; score: number; sample_prompt: string }[] }>(
        send('POST', '/db/search_iib_output_by_prompt', body),
      );
    const found = await search({ query: 'a lighthouse in a storm', top_k: '2' });
    expect(found).toMatchObject({ embedder: 'local', model: 'local-1', count: 6, top_k: 2, folder: library });
    expect(found.results.map(({ path }) => path).sort()).toEqual(lighthouses.map(at));
    expect(found.results[0]?.sample_prompt).toMatch(/^old lighthouse/);

    const similar = await search({ similar_to: at('fox-2.png'), folder_paths: [library], top_k: 2 });
    expect(similar.results.map(({ path }) => path).sort()).toEqual([at('fox-1.png'), at('fox-3.png')]);
    expect((await search({ query: 'fox', folder: at('sea'), min_score: 0.99 })).results).toEqual([]);
  });

  test('what cannot be looked for is refused by name', async () => {
    const search = async (body: object) => {
      const response = await send('POST', '/db/search_iib_output_by_prompt', body);
      return [response.status, ((await response.json()) as { detail: unknown }).detail];
    };
    expect(await search({ query: '   ' })).toEqual([400, 'the query is empty']);
    expect(await search({ similar_to: at('gone.png') })).toEqual([
      404,
      `${JSON.stringify(at('gone.png'))} is not indexed`,
    ]);
    expect(await search({ similar_to: at('plain.png') })).toEqual([
      400,
      `${JSON.stringify(at('plain.png'))} has no prompt to go by`,
    ]);
    expect((await search({ query: 'fox', folder }))[0]).toBe(403);
    expect((await search({ query: 'fox', folder: at('nowhere') }))[0]).toBe(404);
    expect((await search({ query: 'fox', folder: at('castle.png') }))[0]).toBe(400);
  });

  test.each([
    ['/ai-chat', { messages: [{ role: 'user', content: 'hi' }] }],
    ['/db/build_iib_output_embeddings', { embedder: 'openai' }],
    ['/db/cluster_iib_output_job_start', { embedder: 'openai' }],
    ['/db/cluster_iib_output_cached', { embedder: 'openai' }],
    ['/db/search_iib_output_by_prompt', { query: 'fox', embedder: 'openai' }],
  ])('%s without a provider says what is missing', async (route, body) => {
    const response = await send('POST', route, body);
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        detail:
          'no model is set up: the server needs the option ai.apiKey (OPENAI_API_KEY) or ai.baseUrl (OPENAI_BASE_URL)',
      },
    ]);
  });

  test.each([
    '/db/build_iib_output_embeddings',
    '/db/cluster_iib_output_job_start',
    '/db/cluster_iib_output_cached',
  ])('%s refuses folders outside the roots', async (route) => {
    expect((await send('POST', route, { folder_paths: [library, folder] })).status).toBe(403);
  });

  test('a job that is none of clustering is not there', async () => {
    const response = await get('/db/cluster_iib_output_job_status', { job_id: 'nobody' });
    expect([response.status, await response.json()]).toEqual([
      404,
      { detail: 'there is no clustering job "nobody"' },
    ]);
  });
});

overTransports(hosted.service, ({ base, transport, send, json }) => {
  test('vectors are bought once for each text, and again only by force', async () => {
    model.reset();
    const build = (body: object) => json(send('POST', '/db/build_iib_output_embeddings', body));
    const all = { folder: hosted.library, count: 7, embedder: 'openai', model: 'text-embedding-3-small' };
    expect(await build({ folder: hosted.library, force: true })).toEqual({
      ...all,
      folders: [hosted.library],
      updated: 6,
      skipped: 1,
      skipped_failed: 0,
      failed: 0,
      failure: null,
    });
    expect(model.embedded()).toHaveLength(6);
    expect(await build({ folder: hosted.library })).toMatchObject({ ...all, updated: 0, skipped: 7 });
    expect(model.embedded()).toHaveLength(6);
    expect(model.seen[0]).toMatchObject({
      authorization: 'Bearer sk-secret-of-the-server',
      body: { model: 'text-embedding-3-small' },
    });
  });

  test('a search gives new images their vectors first, unless it is told not to', async () => {
    model.reset();
    const name = `new-${transport.replaceAll(/\W/g, '')}.png`;
    const found = async (body: object) => {
      const { results } = await json<{ results: { path: string }[] }>(
        send('POST', '/db/search_iib_output_by_prompt', { query: 'a lighthouse', top_k: 500, ...body }),
      );
      return results.some(({ path }) => path === hosted.at(name));
    };
    expect(await found({})).toBe(false);
    await makeImage(hosted.at(name), { text: infotext(`lighthouse ${name}`, 1) });
    await hosted.service.library.update();
    expect(await found({ ensure_embed: false })).toBe(false);
    expect(await found({})).toBe(true);
    const bought = model.embedded().length;
    expect(await found({})).toBe(true);
    // The query alone.
    expect(model.embedded()).toHaveLength(bought + 1);
    await rm(hosted.at(name));
    await hosted.service.library.update();
    expect(await found({})).toBe(false);
  });

  test('a chat goes to the provider and its answer comes back as it is', async () => {
    model.reset();
    const messages = [{ role: 'user', content: 'Hello!', name: 'me' }];
    expect(await json(send('POST', '/ai-chat', { messages, max_tokens: null }))).toEqual(
      chat({ model: 'gpt-4o-mini' }),
    );
    expect(model.seen).toMatchObject([
      { path: '/v1/chat/completions', authorization: 'Bearer sk-secret-of-the-server' },
    ]);
    expect(model.seen[0]?.body).toEqual({ model: 'gpt-4o-mini', messages, temperature: 0.7, stream: false });
  });

  test('a chat with stream comes as it is written', async () => {
    let finish = (): void => {};
    model.reset((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"choices":[{"delta":{"content":"Hel"}}]}\n\n');
      finish = () => response.end('data: [DONE]\n\n');
    });
    const response = await send('POST', '/ai-chat', {
      messages: [{ role: 'user', content: 'x' }],
      stream: true,
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('data: {"choices":[{"delta":{"content":"Hel"}}]}\n\n');
    finish();
    expect((await reader?.read())?.value).toBe('data: [DONE]\n\n');
    expect((await reader?.read())?.done).toBe(true);
  });

  test('a provider that breaks off in a stream ends it with what happened', async () => {
    model.reset((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"half":1}\n\n', () => response.destroy());
    });
    const response = await send('POST', '/ai-chat', {
      messages: [{ role: 'user', content: 'x' }],
      stream: true,
    });
    expect(await response.text()).toBe(
      'data: {"half":1}\n\n\n\ndata: {"error":{"message":"the model\'s provider cannot be reached"}}\n\n',
    );
  });

  test.each([true, false])('a client that goes ends the call to the provider (stream %s)', async (stream) => {
    const closed = new Promise<void>((resolve) =>
      model.reset((_, response) => {
        if (stream) {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.write('data: 1\n\n');
        }
        response.on('close', resolve);
      }),
    );
    const leaving = new AbortController();
    const call = fetch(`${base()}/ai-chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ messages: [{ role: 'user', content: 'x' }], stream }),
      signal: leaving.signal,
    });
    // Looked at in the end.
    call.catch(() => {});
    if (stream) await call;
    else while (model.seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    leaving.abort();
    await closed;
    expect(model.seen).toHaveLength(1);
  });

  test.each<[string, number, number, Record<string, string>, string]>([
    ['a wrong key', 401, 502, {}, 'Incorrect API key provided: sk-secret-of-the-server'],
    ['a wrong request', 400, 400, {}, 'no such parameter'],
    ['too many requests', 429, 429, { 'retry-after': '7' }, 'slow down'],
    ['a failure', 500, 502, {}, 'boom'],
  ])('%s of a chat is told without the key', async (_, status, expected, headers, message) => {
    model.reset((_seen, response) => answer(response, { error: { message } }, status, headers));
    const response = await send('POST', '/ai-chat', { messages: [{ role: 'user', content: 'x' }] });
    const shown = message.replace(/sk-.*/, '***');
    expect([response.status, await response.json()]).toEqual([
      expected,
      { detail: `the model's provider answered ${status}: ${shown}` },
    ]);
    expect(response.headers.get('retry-after')).toBe(headers['retry-after'] ?? null);
  });

  test('a provider that hangs, or answers half, is given up', async () => {
    const ask = async () => {
      const response = await send('POST', '/ai-chat', { messages: [{ role: 'user', content: 'x' }] });
      return [response.status, ((await response.json()) as { detail: string }).detail];
    };
    model.reset(() => {});
    expect(await ask()).toEqual([504, "the model's provider did not answer within 2000 ms"]);
    model.reset((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"choices": [');
    });
    expect(await ask()).toEqual([502, "the model's provider gave an answer that cannot be read"]);
  });

  test('messages beyond all measure and without any are refused', async () => {
    model.reset();
    const content = 'x'.repeat(4 * 1024 * 1024);
    expect((await send('POST', '/ai-chat', { messages: [{ role: 'user', content }] })).status).toBe(413);
    expect((await send('POST', '/ai-chat', { messages: [] })).status).toBe(422);
    expect((await send('POST', '/ai-chat', { messages: [{ content: 'x' }] })).status).toBe(422);
    expect(model.seen).toEqual([]);
  });
});
