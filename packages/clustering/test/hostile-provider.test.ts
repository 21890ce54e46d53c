import { createOpenaiEmbedder, createOpenaiNamer } from '@iib-kit/clustering/openai';
import { embedAll } from '@iib-kit/clustering';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGzip } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { startStandIn, type Reply, type Respond, type StandInProvider } from './helpers/stand-in-provider.ts';

const opened: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function provider(respond: Respond): Promise<StandInProvider> {
  const standIn = await startStandIn(respond);
  opened.push(standIn);
  return standIn;
}

/** What an embedder and a namer make of an answer. */
async function failures(respond: Respond, timeoutMs = 5_000) {
  const { baseURL, seen } = await provider(respond);
  const options = { baseURL, retries: 0, timeoutMs };
  const [outcome] = await embedAll(createOpenaiEmbedder(options), ['fox']).catch((error: unknown) => [
    { error },
  ]);
  const request = { samples: ['fox'], terms: [], lang: 'en', knownKeywords: [] };
  const named = await createOpenaiNamer(options)
    .name(request)
    .catch((error: unknown) => ({ error }));
  return { embedded: outcome, named, seen };
}

const invalid = (why: RegExp) => ({
  error: expect.objectContaining({ code: 'invalid-answer', message: expect.stringMatching(why) }),
});

/** Writes for as long as it is read, and counts. */
function endless(sink: NodeJS.WritableStream, chunk: Buffer, written: { bytes: number }): void {
  const write = () => {
    if ('destroyed' in sink && sink.destroyed === true) return;
    while (sink.write(chunk)) written.bytes += chunk.length;
    sink.once('drain', write);
  };
  write();
}

test('an endless answer is left after its limit', async () => {
  const written = { bytes: 0 };
  const { embedded, named } = await failures((_, { raw }) => {
    raw.writeHead(200, { 'content-type': 'application/json' });
    endless(raw, Buffer.alloc(65_536, ' '), written);
  });
  expect(embedded).toMatchObject(invalid(/it has more than 262144 bytes$/));
  expect(named).toMatchObject(invalid(/it has more than 4194304 bytes$/));
  expect(written.bytes).toBeLessThan(64 * 1024 * 1024);
});

test('a compressed answer counts as it is unpacked', async () => {
  const { embedded } = await failures((_, { raw }) => {
    raw.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    const gzip = createGzip();
    gzip.pipe(raw);
    endless(gzip, Buffer.alloc(1 << 20, ' '), { bytes: 0 });
  });
  expect(embedded).toMatchObject(invalid(/it has more than 262144 bytes$/));
});

test('an endless refusal is read as far as its words', async () => {
  const { embedded } = await failures((_, { raw }) => {
    raw.writeHead(400, { 'content-type': 'text/plain' });
    endless(raw, Buffer.alloc(65_536, 'no '), { bytes: 0 });
  });
  expect(embedded).toMatchObject({ error: { code: 'rejected', status: 400 } });
});

test('an answer that drips is given up after the time for the whole', async () => {
  const drip = (_: unknown, { raw }: Reply) => {
    raw.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => raw.write(' '), 5);
    raw.on('close', () => clearInterval(timer));
  };
  const { embedded, named } = await failures(drip, 200);
  expect(embedded).toMatchObject({ error: { code: 'timeout' } });
  expect(named).toMatchObject({ error: { code: 'timeout' } });
});

test.each<[string, string, RegExp]>([
  ['deep', '['.repeat(100_000), /JSON can be at most 16 levels deep/],
  ['deep objects', '{"data":'.repeat(30_000), /JSON can be at most 16 levels deep/],
  ['wide', `[${'{},'.repeat(60_000)}{}]`, /JSON can hold at most 9200 values/],
])('JSON that is %s is not parsed', async (_, body, why) => {
  const { embedded } = await failures((_seen, { raw }) => void raw.end(body));
  expect(embedded).toMatchObject(invalid(why));
});

test('a page of HTML is named as what it is', async () => {
  const { embedded } = await failures(
    (_, { raw }) => void raw.end('<!doctype html><title>Welcome to LM</title>'),
  );
  expect(embedded).toMatchObject(invalid(/it is no JSON but begins "Welcome to LM"$/));
});

test('an error in an answer of 200 is an error with its words', async () => {
  const { embedded, named } = await failures((_, reply) =>
    reply.answer({ error: { message: 'no model loaded' } }),
  );
  expect(embedded).toMatchObject({
    error: { code: 'rejected', message: expect.stringContaining('no model loaded') },
  });
  expect(named).toMatchObject({ error: { code: 'rejected' } });
});

test.each([301, 302, 303, 307, 308])(
  'a redirect with %i to another server is not followed',
  async (status) => {
    let asked = 0;
    const target = createServer((_, response) => {
      asked++;
      response.end('{"data":[]}');
    });
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
    opened.push({ close: () => void target.close() });
    const location = `http://127.0.0.1:${(target.address() as AddressInfo).port}/v1/embeddings`;
    const { embedded, named } = await failures(
      (_, { raw }) => void raw.writeHead(status, { location }).end(),
    );
    for (const failed of [embedded, named]) {
      expect(failed).toMatchObject({
        error: { code: 'rejected', status, message: expect.stringContaining('redirects are not followed') },
      });
    }
    expect(asked).toBe(0);
  },
);
