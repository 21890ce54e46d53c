import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import {
  embeddings,
  standInVector,
  startStandIn,
  type Respond,
  type StandInProvider,
} from '../../test/helpers/stand-in-provider.ts';
import { embedAll } from '../embedders/embed-all.ts';
import type { EmbedOutcome } from '../embedders/embedder.ts';
import { createOpenaiEmbedder, type OpenaiEmbedderOptions } from './openai-embedder.ts';

const opened: StandInProvider[] = [];
afterEach(async () => {
  for (const standIn of opened.splice(0)) await standIn.close();
});

async function embedderFor(respond: Respond, options: OpenaiEmbedderOptions = {}) {
  const standIn = await startStandIn(respond);
  opened.push(standIn);
  const embedder = createOpenaiEmbedder({ apiKey: 'sk-test', baseURL: standIn.baseURL, ...options });
  return { standIn, embedder };
}

const summary = (outcomes: readonly EmbedOutcome[]) =>
  outcomes.map((outcome) => ('error' in outcome ? outcome.error.code : Array.from(outcome.vector)));

const failure =
  (status: number, error: Record<string, unknown> = { message: 'no' }): Respond =>
  (_, reply) =>
    reply.answer({ error }, status);

test('each text gets its vector, in base64 with the key and the model asked for', async () => {
  const { standIn, embedder } = await embedderFor(({ body }, reply) => reply.answer(embeddings(body)), {
    model: 'm-1',
  });
  expect(summary(await embedAll(embedder, ['fox', 'snow']))).toEqual([
    standInVector('fox'),
    standInVector('snow'),
  ]);
  expect(standIn.seen).toEqual([
    {
      path: '/v1/embeddings',
      authorization: 'Bearer sk-test',
      body: { model: 'm-1', input: ['fox', 'snow'], encoding_format: 'base64' },
    },
  ]);
  expect([embedder.provider, embedder.model]).toEqual(['openai', 'm-1']);
});

test('dimensions are asked for and are part of the model name', async () => {
  const { standIn, embedder } = await embedderFor(({ body }, reply) => reply.answer(embeddings(body)), {
    dimensions: 3,
  });
  await embedAll(embedder, ['fox']);
  expect(standIn.seen[0]?.body.dimensions).toBe(3);
  expect(embedder.model).toBe('text-embedding-3-small@3');
});

test('answers in another order or without places are put in order', async () => {
  const { embedder } = await embedderFor(({ body }, reply) => {
    const { data } = embeddings({ ...body, encoding_format: 'float' });
    reply.answer({ data: data.reverse() });
  });
  expect(summary(await embedAll(embedder, ['a', 'bb', 'ccc']))).toEqual(
    ['a', 'bb', 'ccc'].map(standInVector),
  );
  const { embedder: placeless } = await embedderFor(({ body }, reply) => {
    reply.answer({ data: embeddings(body).data.map(({ embedding }) => ({ embedding })) });
  });
  expect(summary(await embedAll(placeless, ['a', 'bb']))).toEqual(['a', 'bb'].map(standInVector));
});

test('requests hold at most batchSize texts, and at most concurrency are open at once', async () => {
  const { standIn, embedder } = await embedderFor(
    async ({ body }, reply) => {
      await sleep(30);
      reply.answer(embeddings(body));
    },
    { batchSize: 3, concurrency: 2 },
  );
  const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`);
  const outcomes = await embedAll(embedder, texts);
  expect(summary(outcomes)).toEqual(texts.map(standInVector));
  expect(standIn.seen.map(({ body }) => (body.input as string[]).length).sort((a, b) => a - b)).toEqual([
    2, 3, 3, 3, 3, 3, 3,
  ]);
  expect(standIn.mostAtOnce()).toBe(2);
});

test('requests hold at most batchTokens, a longer text goes alone', async () => {
  const { standIn, embedder } = await embedderFor(({ body }, reply) => reply.answer(embeddings(body)), {
    batchTokens: 20,
    concurrency: 1,
  });
  await embedAll(embedder, ['a'.repeat(35), 'b'.repeat(35), 'c'.repeat(200), '狐'.repeat(10), 'd']);
  expect(
    standIn.seen.map(({ body }) => (body.input as string[]).map((text) => text.charAt(0)).join('')),
  ).toEqual(['ab', 'c', '狐d']);
});

test('a text that is there more than once is sent once', async () => {
  const { standIn, embedder } = await embedderFor(({ body }, reply) => reply.answer(embeddings(body)));
  const texts = ['fox', 'snow', 'fox', '', 'fox'];
  expect(summary(await embedAll(embedder, texts))).toEqual([
    standInVector('fox'),
    standInVector('snow'),
    standInVector('fox'),
    'empty-text',
    standInVector('fox'),
  ]);
  expect(standIn.seen.map(({ body }) => body.input)).toEqual([['fox', 'snow']]);
});

test('empty texts are never sent', async () => {
  const { standIn, embedder } = await embedderFor(({ body }, reply) => reply.answer(embeddings(body)));
  expect(summary(await embedAll(embedder, ['', 'fox', '  ']))).toEqual([
    'empty-text',
    standInVector('fox'),
    'empty-text',
  ]);
  expect(standIn.seen.map(({ body }) => body.input)).toEqual([['fox']]);
  expect(await embedAll(embedder, [])).toEqual([]);
});

test.each([
  ['429 with Retry-After', 429, { 'retry-after': '0' }],
  ['429 with retry-after-ms', 429, { 'retry-after-ms': '5' }],
  ['500', 500, { 'retry-after': '0' }],
  ['503 with a date', 503, { 'retry-after': new Date(0).toUTCString() }],
])('%s is sent again after the pause asked for', async (_, status, headers) => {
  let answered = 0;
  const { standIn, embedder } = await embedderFor(({ body }, reply) => {
    if (answered++ < 2) reply.answer({ error: { message: 'later' } }, status, headers);
    else reply.answer(embeddings(body));
  });
  expect(summary(await embedAll(embedder, ['fox']))).toEqual([standInVector('fox')]);
  expect(standIn.seen.length).toBe(3);
});

test('without Retry-After a failed request is sent again after a pause of its own', async () => {
  let answered = 0;
  const { standIn, embedder } = await embedderFor(({ body }, reply) => {
    if (answered++ === 0) reply.answer({ error: { message: 'oops' } }, 500);
    else reply.answer(embeddings(body));
  });
  const started = performance.now();
  expect(summary(await embedAll(embedder, ['fox']))).toEqual([standInVector('fox')]);
  expect(performance.now() - started).toBeGreaterThanOrEqual(370);
  expect(standIn.seen.length).toBe(2);
});

test('a provider that asks for a longer pause than allowed is given up', async () => {
  const { standIn, embedder } = await embedderFor((_, reply) =>
    reply.answer({ error: { message: 'tomorrow' } }, 429, { 'retry-after': '86400' }),
  );
  expect(summary(await embedAll(embedder, ['fox']))).toEqual(['rate-limited']);
  expect(standIn.seen.length).toBe(1);
});

test.each([
  ['a wrong key', failure(401), 'unauthorized', 401],
  ['a forbidden model', failure(403), 'unauthorized', 403],
  ['an empty account', failure(429, { message: 'pay', code: 'insufficient_quota' }), 'quota-exceeded', 429],
  ['an unknown model', failure(404, { message: 'none', code: 'model_not_found' }), 'unknown-model', 404],
])('%s ends the run at once with its status', async (_, respond, code, status) => {
  const { standIn, embedder } = await embedderFor(respond, { concurrency: 1, batchSize: 1 });
  await expect(embedAll(embedder, ['a', 'b', 'c'])).rejects.toMatchObject({
    name: 'ClusteringError',
    code,
    status,
  });
  expect(standIn.seen.length).toBe(1);
});

test('what was embedded before the account was empty is yielded', async () => {
  let answered = 0;
  const { embedder } = await embedderFor(
    ({ body }, reply) => {
      if (answered++ < 2) reply.answer(embeddings(body));
      else reply.answer({ error: { message: 'pay', code: 'insufficient_quota' } }, 429);
    },
    { concurrency: 1, batchSize: 1 },
  );
  const got: EmbedOutcome[] = [];
  const run = async () => {
    for await (const some of embedder.embed(['a', 'bb', 'ccc', 'dddd'])) got.push(...some);
  };
  await expect(run()).rejects.toMatchObject({ code: 'quota-exceeded' });
  expect(summary(got)).toEqual([standInVector('a'), standInVector('bb')]);
});

test('the one text that the provider refuses is found, the others are embedded', async () => {
  const { embedder } = await embedderFor(({ body }, reply) => {
    const bad = (body.input as string[]).some((text) => text.startsWith('bad'));
    if (bad) reply.answer({ error: { message: 'content not allowed' } }, 400);
    else reply.answer(embeddings(body));
  });
  const texts = ['a', 'bb', 'bad', 'ccc', 'dddd', 'eeeee', 'ffffff'];
  expect(summary(await embedAll(embedder, texts))).toEqual(
    texts.map((text) => (text === 'bad' ? 'rejected' : standInVector(text))),
  );
});

test('a server that does not know base64 is asked for plain numbers, by every batch', async () => {
  const { standIn, embedder } = await embedderFor(
    ({ body }, reply) => {
      if (body.encoding_format === 'base64')
        reply.answer({ error: { message: 'encoding_format is not supported' } }, 400);
      else reply.answer(embeddings(body));
    },
    { batchSize: 1, concurrency: 3 },
  );
  const texts = ['a', 'bb', 'ccc', 'dddd', 'eeeee'];
  expect(summary(await embedAll(embedder, texts))).toEqual(texts.map(standInVector));
  expect(standIn.seen.filter(({ body }) => body.encoding_format === 'base64').length).toBe(3);
});

test.each<[string, unknown]>([
  ['no JSON object', 'hello'],
  ['no data', {}],
  ['null for data', { data: null }],
  [
    'null for a vector',
    {
      data: [
        { index: 0, embedding: null },
        { index: 1, embedding: [1] },
      ],
    },
  ],
  ['no vectors', { data: [] }],
  ['a broken base64', { data: [{ embedding: 'AAAAAAA=' }, { embedding: 'AAAA' }] }],
  [
    'one place twice',
    {
      data: [
        { index: 0, embedding: [1, 2] },
        { index: 0, embedding: [1, 2] },
      ],
    },
  ],
  ['null in a vector', { data: [{ embedding: [1, null] }, { embedding: [1, 2] }] }],
])('an answer with %s is an invalid answer', async (_, answer) => {
  const { embedder } = await embedderFor((_seen, reply) => reply.answer(answer, 200), { retries: 0 });
  expect(summary(await embedAll(embedder, ['a', 'b']))).toEqual(['invalid-answer', 'invalid-answer']);
});

test('an answer that breaks off halfway is asked for again', async () => {
  let answered = 0;
  const { embedder } = await embedderFor(({ body }, reply) => {
    const text = JSON.stringify(embeddings(body));
    if (answered++ > 0) return reply.answer(embeddings(body));
    reply.raw.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
    reply.raw.write(text.slice(0, 20));
    setTimeout(() => reply.raw.destroy(), 20);
  });
  expect(summary(await embedAll(embedder, ['fox']))).toEqual([standInVector('fox')]);
});

test.each(['before the headers', 'within the body'])('a hang %s ends with a timeout', async (where) => {
  const { embedder } = await embedderFor(
    (_, reply) => {
      if (where === 'within the body') {
        reply.raw.writeHead(200, { 'content-type': 'application/json' });
        reply.raw.write('{"data":[');
      }
    },
    { timeoutMs: 100, retries: 0 },
  );
  expect(summary(await embedAll(embedder, ['fox']))).toEqual(['timeout']);
});

test('a provider that cannot be reached ends the run after three batches', async () => {
  const embedder = createOpenaiEmbedder({
    baseURL: 'http://127.0.0.1:9/v1',
    retries: 0,
    batchSize: 1,
    concurrency: 1,
  });
  const got: EmbedOutcome[] = [];
  const run = async () => {
    for await (const some of embedder.embed(['a', 'b', 'c', 'd', 'e'])) got.push(...some);
  };
  await expect(run()).rejects.toMatchObject({ code: 'unavailable' });
  expect(summary(got)).toEqual(['unavailable', 'unavailable']);
});

test('vectors of another dimension and vectors of nothing are outcomes of their texts', async () => {
  const { embedder } = await embedderFor(({ body }, reply) => {
    const special: Record<string, number[]> = { long: [1, 2, 3, 4], zero: [0, 0, 0] };
    reply.answer({
      data: (body.input as string[]).map((text, index) => ({
        index,
        embedding: special[text] ?? standInVector(text),
      })),
    });
  });
  expect(summary(await embedAll(embedder, ['fox', 'long', 'zero', 'snow']))).toEqual([
    standInVector('fox'),
    'dimension-mismatch',
    'invalid-vector',
    standInVector('snow'),
  ]);
});

test('NaN in base64 is an invalid vector', async () => {
  const { embedder } = await embedderFor((_, reply) => {
    reply.answer({
      data: [{ index: 0, embedding: Buffer.from(Float32Array.of(1, Number.NaN).buffer).toString('base64') }],
    });
  });
  expect(summary(await embedAll(embedder, ['fox']))).toEqual(['invalid-vector']);
});

test('an abort ends a request under way and a pause, with the reason of the signal', async () => {
  const hanging = await embedderFor(() => {});
  const pausing = await embedderFor((_, reply) =>
    reply.answer({ error: { message: 'later' } }, 429, { 'retry-after': '30' }),
  );
  for (const { embedder, standIn } of [hanging, pausing]) {
    const controller = new AbortController();
    const running = embedAll(embedder, ['fox'], { signal: controller.signal });
    while (standIn.seen.length === 0) await sleep(5);
    await sleep(20);
    controller.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
  }
});

test('a caller that stops listening ends the requests under way', async () => {
  const closed: string[] = [];
  const { embedder, standIn } = await embedderFor(
    ({ body }, reply) => {
      if ((body.input as string[])[0] === 'a') return reply.answer(embeddings(body));
      reply.raw.on('close', () => closed.push('closed'));
    },
    { batchSize: 1, concurrency: 3 },
  );
  for await (const some of embedder.embed(['a', 'b', 'c'])) {
    expect(some.length).toBe(1);
    while (standIn.seen.length < 3) await sleep(5);
    break;
  }
  while (closed.length < 2) await sleep(5);
  expect(closed.length).toBe(2);
});

test('OpenAI without a key is refused at once, another server without one is not', async () => {
  expect(() => createOpenaiEmbedder()).toThrow(expect.objectContaining({ code: 'missing-api-key' }));
  expect(() => createOpenaiEmbedder({ apiKey: '' })).toThrow(
    expect.objectContaining({ code: 'missing-api-key' }),
  );
  expect(createOpenaiEmbedder({ baseURL: 'http://127.0.0.1:9/v1' }).model).toBe('text-embedding-3-small');
});

test.each([
  { batchSize: 0 },
  { concurrency: 1.5 },
  { batchTokens: -1 },
  { dimensions: 0 },
  { timeoutMs: 0 },
  { retries: -1 },
])('%o is refused by name', (options) => {
  expect(() => createOpenaiEmbedder({ apiKey: 'k', ...options })).toThrow(
    new RegExp(`^${Object.keys(options)[0]} must be a whole number`),
  );
});

test('the key is in no error', async () => {
  const { embedder } = await embedderFor(failure(401, { message: 'Incorrect API key provided' }), {
    apiKey: 'sk-secret',
  });
  const error: unknown = await embedAll(embedder, ['a']).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'unauthorized' });
  expect(JSON.stringify(error) + String(error)).not.toContain('sk-secret');
});

test('an aborted signal yields and asks nothing, whatever the texts', async () => {
  const { standIn, embedder } = await embedderFor(({ body }, reply) => reply.answer(embeddings(body)));
  const signal = AbortSignal.abort(new Error('too late'));
  const yielded: EmbedOutcome[] = [];
  const run = async (texts: string[]) => {
    for await (const some of embedder.embed(texts, { signal })) yielded.push(...some);
  };
  await expect(run(['', 'fox'])).rejects.toThrow('too late');
  await expect(run(['fox'])).rejects.toThrow('too late');
  expect([yielded, standIn.seen]).toEqual([[], []]);
});

test('an abort after the outcomes of empty texts asks nothing', async () => {
  const { standIn, embedder } = await embedderFor(({ body }, reply) => reply.answer(embeddings(body)));
  const controller = new AbortController();
  const yielded: EmbedOutcome[] = [];
  const run = async () => {
    for await (const some of embedder.embed(['', 'fox'], { signal: controller.signal })) {
      yielded.push(...some);
      controller.abort(new Error('enough'));
    }
  };
  await expect(run()).rejects.toThrow('enough');
  expect([summary(yielded), standIn.seen]).toEqual([['empty-text'], []]);
});

test('a signal that lives on is left as it was', async () => {
  const { embedder } = await embedderFor(({ body }, reply) => reply.answer(embeddings(body)));
  const { signal } = new AbortController();
  await embedAll(embedder, ['fox'], { signal });
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
