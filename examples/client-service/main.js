import { Readable } from 'node:stream';

import { createClient, isApiError, isClientError } from '@iib-kit/client';
import Fastify from 'fastify';

const { PORT = '3000', IIB_SECRET_KEY } = process.env;
const { IIB_URL = 'http://127.0.0.1:8000/infinite_image_browsing' } = process.env;

const client = createClient({
  baseUrl: IIB_URL,
  timeout: 10_000,
  ...(IIB_SECRET_KEY === undefined ? {} : { secretKey: IIB_SECRET_KEY }),
});
const app = Fastify();

/** What this service tells of images is its own: names, prompts and addresses, no paths of the server. */
app.get('/prompts', { schema: { querystring: searchOptions() } }, async (request, reply) => {
  const { q, limit } = /** @type {{ q: string, limit: number }} */ (request.query);
  const signal = signalOf(reply);
  const { files } = await client.search.byQuery({ query: q, size: limit, sort: 'name' }, { signal });
  const paths = files.map((file) => file.fullpath);
  const texts = await client.imageMetadata.geninfoBatch({ paths }, { signal });
  return files.map(({ name, fullpath }) => ({
    name,
    prompt: texts[fullpath]?.split('\n', 1)[0] ?? '',
    thumbnail: `/thumbnails/${Buffer.from(fullpath).toString('base64url')}`,
  }));
});

/** Passed on as it comes, with the server's entity tag, so that browsers ask only whether it changed. */
app.get('/thumbnails/:id', async (request, reply) => {
  const { id } = /** @type {{ id: string }} */ (request.params);
  const { 'if-none-match': ifNoneMatch } = request.headers;
  const answer = await client.media.thumbnail(
    { path: Buffer.from(id, 'base64url').toString(), size: '256x256' },
    { signal: signalOf(reply), ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }) },
  );
  reply.code(answer.status);
  for (const name of ['content-type', 'content-length', 'etag', 'cache-control']) {
    const value = answer.headers.get(name);
    if (value !== null) reply.header(name, value);
  }
  return reply.send(answer.body === null ? null : Readable.fromWeb(answer.body));
});

// A refusal of the server is the caller's to mend, or ours; what never reached it is neither's.
app.setErrorHandler((error, request, reply) => {
  if (isApiError(error) && [400, 404, 422].includes(error.status)) {
    return reply.code(error.status).send({ error: error.detail });
  }
  if (isApiError(error) || isClientError(error)) {
    console.error(`${request.method} ${request.url}: ${error.message}`);
    return reply
      .code(error.code === 'timeout' ? 504 : 502)
      .send({ error: `the image server: ${error.code}` });
  }
  return reply.send(error);
});

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void app.close());

const address = await app.listen({ port: Number(PORT), host: 'localhost' });
console.log(`Ask http://localhost:${new URL(address).port}/prompts?q=lighthouse`);

function searchOptions() {
  return {
    type: 'object',
    required: ['q'],
    properties: {
      q: { type: 'string', maxLength: 200 },
      limit: { type: 'integer', minimum: 1, maximum: 100, default: 10 },
    },
  };
}

/**
 * Aborts when our client has gone: then nobody waits for the server's answer.
 * @param {import('fastify').FastifyReply} reply
 */
function signalOf(reply) {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}
