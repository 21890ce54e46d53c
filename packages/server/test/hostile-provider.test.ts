import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, expect, test } from 'vitest';

import { standInModel, type Respond } from './helpers/stand-in-model.ts';
import { topicLibrary } from './helpers/topic-library.ts';
import { transports } from './helpers/transports.ts';

const model = await standInModel();

/** A service whose provider has so long for an answer. */
async function serviceWith(timeoutMs: number): Promise<string> {
  const ai = { apiKey: 'sk-1', baseUrl: model.baseUrl, timeoutMs, retries: 0 };
  const { service } = await topicLibrary({ ai });
  const served = await transports[0]?.serve(service);
  afterAll(() => served?.close());
  return `${served?.origin ?? ''}${service.base}`;
}

const patient = await serviceWith(60_000);
const hasty = await serviceWith(100);

async function chat(
  respond: Respond,
  { stream = false, base = patient } = {},
): Promise<{ status: number; text: string }> {
  model.reset(respond);
  const response = await fetch(`${base}/ai-chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ messages: [{ role: 'user', content: 'hi' }], stream }),
  });
  return { status: response.status, text: await response.text() };
}

const begin = (response: ServerResponse, type = 'application/json') =>
  response.writeHead(200, { 'content-type': type });

/** Writes as long as it is read. */
function endless(response: ServerResponse, chunk: string): void {
  const write = () => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once('drain', write);
  };
  write();
}

test('an endless answer is given up', async () => {
  const { status, text } = await chat((_, response) => endless(begin(response), ' '.repeat(65_536)));
  expect([status, text]).toEqual([
    502,
    '{"detail":"the model\'s provider gave an answer that cannot be read"}',
  ]);
});

test('an endless stream ends with an error event after 16 MiB', async () => {
  const { status, text } = await chat(
    (_, response) => endless(begin(response, 'text/event-stream'), `data: ${'x'.repeat(65_536)}\n\n`),
    { stream: true },
  );
  expect(status).toBe(200);
  expect(text.length).toBeLessThan(17 * 1024 * 1024);
  expect(text.slice(text.lastIndexOf('data: '))).toBe(
    'data: {"error":{"message":"the model\'s provider gave an answer that cannot be read"}}\n\n',
  );
});

test('a stream that drips ends with an error event after ten times the time for an answer', async () => {
  const { text } = await chat(
    (_, response) => {
      begin(response, 'text/event-stream');
      const timer = setInterval(() => response.write(': ping\n\n'), 20);
      response.on('close', () => clearInterval(timer));
    },
    { stream: true, base: hasty },
  );
  expect(text).toContain('data: {"error":{"message":"the model\'s provider did not answer within 100 ms"}}');
});

test.each([
  ['deep', '['.repeat(1_000_000)],
  ['wide', `[${'{},'.repeat(1_000_000)}{}]`],
])('JSON that is %s is not parsed', async (_, body) => {
  expect((await chat((_seen, response) => begin(response).end(body))).status).toBe(502);
});

test.each([301, 307])('a redirect with %i is refused and not followed', async (status) => {
  let asked = 0;
  const target = createServer((_, response) => response.end(String(asked++)));
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  const location = `http://127.0.0.1:${(target.address() as AddressInfo).port}/v1/chat/completions`;
  const answered = await chat((_, response) => response.writeHead(status, { location }).end());
  expect(answered.status).toBe(502);
  expect(answered.text).toContain(`${status}: redirects are not followed`);
  expect(asked).toBe(0);
  target.close();
});

test('a refusal in the form of another provider keeps its words', async () => {
  const { status, text } = await chat((_, response) =>
    response.writeHead(422).end('{"object":"error","message":"context too long","code":422}'),
  );
  expect([status, text]).toEqual([400, expect.stringContaining('422: context too long')]);
});
