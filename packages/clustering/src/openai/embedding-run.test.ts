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
  return { standIn, embedder: createOpenaiEmbedder({ baseURL: standIn.baseURL, retries: 0, ...options }) };
}

const summary = (outcomes: readonly EmbedOutcome[]) =>
  outcomes.map((outcome) => ('error' in outcome ? outcome.error.code : Array.from(outcome.vector)));

const texts = ['a', 'bb', 'bad', 'ccc', 'dddd', 'eeeee', 'ffffff'];
const allBut = (wrong: string, code: string) =>
  texts.map((text) => (text === wrong ? code : standInVector(text)));
const inputOf = (body: Record<string, unknown>) => body.input as string[];

test.each<[string, number, string]>([
  ['words about something else', 400, 'An error occurred while reading the response body'],
  ['a status of its own', 422, 'unprocessable'],
  ['a failure of a proxy', 502, 'PROXY_READ_ERROR'],
])('a refusal of base64 with %s leads to plain numbers', async (_, status, message) => {
  const { standIn, embedder } = await embedderFor(
    ({ body }, reply) =>
      body.encoding_format === 'base64'
        ? reply.answer({ errorMessage: message, statusCode: status }, status)
        : reply.answer(embeddings(body)),
    { batchSize: 3, concurrency: 1 },
  );
  expect(summary(await embedAll(embedder, texts))).toEqual(texts.map(standInVector));
  expect(standIn.seen.slice(-2).map(({ body }) => body.encoding_format)).toEqual(['float', 'float']);
});

test('base64 and a text that are both refused are told apart', async () => {
  const { embedder } = await embedderFor(({ body }, reply) => {
    if (body.encoding_format === 'base64' || inputOf(body).includes('bad'))
      reply.answer({ message: 'no' }, 400);
    else reply.answer(embeddings(body));
  });
  expect(summary(await embedAll(embedder, texts))).toEqual(allBut('bad', 'rejected'));
});

test('a provider that refuses everything ends the run with its words, at once and whatever the texts', async () => {
  const { standIn, embedder } = await embedderFor((_, reply) =>
    reply.answer({ error: { message: 'model not loaded' } }, 400),
  );
  await expect(embedAll(embedder, texts)).rejects.toMatchObject({
    code: 'rejected',
    status: 400,
    message: "the model's provider answered 400 model not loaded",
  });
  expect(standIn.seen.length).toBe(4);
});

test('a provider that begins to refuse everything ends the run; no text is held responsible', async () => {
  let taken = 0;
  const { embedder } = await embedderFor(
    ({ body }, reply) => {
      if (inputOf(body).includes('bad') || ++taken > 2)
        reply.answer({ error: { message: 'no credit left', code: 'x' } }, 400);
      else reply.answer(embeddings(body));
    },
    { batchSize: 4, concurrency: 1 },
  );
  const got: EmbedOutcome[] = [];
  const run = async () => {
    for await (const some of embedder.embed(['g', 'hh', 'iii', 'jjjj', ...texts])) got.push(...some);
  };
  await expect(run()).rejects.toMatchObject({ code: 'rejected' });
  expect(got.filter((outcome) => 'error' in outcome)).toEqual([]);
});

test.each<[string, Respond, string]>([
  [
    'that cannot be embedded',
    (_, reply) => reply.answer({ error: 'json: unsupported value: NaN' }, 500),
    'rejected',
  ],
  ['that gets no vector', (_, reply) => reply.answer({ data: [] }), 'invalid-vector'],
  [
    'that gets null',
    ({ body }, reply) =>
      reply.answer({ data: inputOf(body).map((__, index) => ({ index, embedding: [1, null, 2] })) }),
    'invalid-vector',
  ],
  ['that is too long', (_, reply) => reply.answer({ error: { message: 'too large' } }, 413), 'rejected'],
  ['that takes for ever', () => {}, 'timeout'],
])('one text %s costs only itself', async (_, respondToBad, code) => {
  const { embedder } = await embedderFor(
    (seen, reply) =>
      inputOf(seen.body).includes('bad') ? respondToBad(seen, reply) : reply.answer(embeddings(seen.body)),
    { timeoutMs: 150 },
  );
  expect(summary(await embedAll(embedder, texts))).toEqual(allBut('bad', code));
});

test('a provider that takes few texts at once gets few, from the second batch on', async () => {
  const { standIn, embedder } = await embedderFor(
    ({ body }, reply) =>
      inputOf(body).length > 2
        ? reply.answer(
            { error: 'batch size 8 > maximum allowed batch size 2', error_type: 'Validation' },
            422,
          )
        : reply.answer(embeddings(body)),
    { batchSize: 4, concurrency: 1 },
  );
  const many = Array.from({ length: 12 }, (_, index) => `text ${index}`);
  expect(summary(await embedAll(embedder, many))).toEqual(many.map(standInVector));
  expect(standIn.seen.map(({ body }) => inputOf(body).length)).toEqual([4, 4, 1, 2, 2, 2, 2, 2, 2]);
});

test('vectors that all claim the first place are asked for one by one', async () => {
  const { embedder } = await embedderFor(({ body }, reply) =>
    reply.answer({ data: embeddings(body).data.map((entry) => ({ ...entry, index: 0 })) }),
  );
  expect(summary(await embedAll(embedder, texts))).toEqual(texts.map(standInVector));
});

test('a provider that is busy while texts are sorted out keeps its texts for later', async () => {
  const { embedder } = await embedderFor(({ body }, reply) => {
    const input = inputOf(body);
    if (input.length > 4) return reply.answer({ error: 'no' }, 400);
    if (input.includes('a')) return reply.answer({ error: 'busy' }, 429);
    reply.answer(embeddings(body));
  });
  expect(summary(await embedAll(embedder, texts))).toEqual(
    texts.map((text, index) => (index < 4 ? 'rate-limited' : standInVector(text))),
  );
});
