import path from 'node:path';

import { api, inputPlace, type Endpoint } from '@iib-kit/contract';
import { openService, type IibService } from '@iib-kit/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';
import { transports } from './helpers/transports.ts';

const { folder, remove } = await temporaryFolder();
let service: IibService;

beforeAll(async () => {
  await makeImage(path.join(folder, 'library/a.png'));
  service = await openService({
    extraPaths: [path.join(folder, 'library')],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  });
});

afterAll(async () => {
  await service.close();
  await remove();
});

const endpoints: [string, Endpoint][] = Object.values(api).flatMap((group) =>
  Object.values(group).map((endpoint): [string, Endpoint] => [
    `${endpoint.method} ${endpoint.path}`,
    endpoint,
  ]),
);

const exampleOf = (endpoint: Endpoint): Record<string, unknown> => ({ ...(endpoint.example as object) });

/** Streams of events do not end: they are left. */
async function drain(response: Response): Promise<void> {
  if (response.headers.get('content-type')?.startsWith('text/event-stream') === true)
    await response.body?.cancel();
  else await response.arrayBuffer();
}

/** As a client that knows nothing would spell a value in a URL. */
function queryText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** What no field of any endpoint means. */
const strangeValues: unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  '\0',
  '../../../../etc/passwd',
  '%2e%2e%2fetc%2fpasswd',
  'x'.repeat(5000),
  '\ud800',
  [],
  {},
  [null],
  [['/']],
  { __proto__: null, toString: 1 },
];

describe.each(transports)('over $name', (transport) => {
  let base: string;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const { origin, close } = await transport.serve(service);
    base = `${origin}${service.base}`;
    stop = close;
  });

  afterAll(() => stop());

  test.each(endpoints)('%s answers strange values without failing', async (_, endpoint) => {
    const fields = Object.keys(exampleOf(endpoint));
    for (const field of fields.length === 0 ? ['any'] : fields) {
      for (const value of strangeValues) {
        const response = await call(endpoint, { ...exampleOf(endpoint), [field]: value });
        expect(response.status, `${field} = ${JSON.stringify(value)}`).toBeLessThan(500);
        await drain(response);
      }
    }
  });

  test.each(endpoints.filter(([, endpoint]) => inputPlace(endpoint) === 'body'))(
    '%s answers broken bodies by name',
    async (_, { method, path: route }) => {
      const answer = async (body: string | Uint8Array, type = 'application/json') => {
        const request: RequestInit = { method, body, headers: { 'content-type': type } };
        const response = await fetch(base + route, request);
        await response.arrayBuffer();
        return response.status;
      };
      expect(await answer('{"a":')).toBe(400);
      expect(await answer(new Uint8Array([0x7b, 0xff, 0x7d]))).toBe(400);
      expect(await answer('[1]')).toBe(422);
      expect(await answer('a=b', 'application/x-www-form-urlencoded')).toBe(415);
      expect(await answer(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).toBeLessThan(500);
    },
  );

  test('a missing or wrong field is named with where it stands', async () => {
    const response = await fetch(`${base}/db/batch_update_image_tag`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ img_paths: ['/a', 7], action: 'toggle' }),
    });
    expect(response.status).toBe(422);
    const { detail } = (await response.json()) as { detail: { loc: unknown[] }[] };
    expect(detail.map((issue) => issue.loc)).toEqual([
      ['body', 'img_paths', 1],
      ['body', 'action'],
      ['body', 'tag_id'],
    ]);
  });

  async function call(endpoint: Endpoint, input: Record<string, unknown>): Promise<Response> {
    if (inputPlace(endpoint) === 'body') {
      return fetch(base + endpoint.path, {
        method: endpoint.method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
    }
    const query = new URLSearchParams(
      Object.entries(input).map(([name, value]): [string, string] => [name, queryText(value)]),
    );
    return fetch(`${base}${endpoint.path}?${query.toString()}`);
  }
});

test('a body larger than the limit is refused before it is read', async () => {
  const [transport] = transports;
  const { origin, close } = (await transport?.serve(service)) ?? expect.fail('no transport');
  const response = await fetch(`${origin}${service.base}/db/get_image_tags`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"paths":["${'x'.repeat(17 * 1024 * 1024)}"]}`,
  }).catch((error: Error) => error);
  // The server may cut the connection while the body is still being sent.
  if (response instanceof Response) expect(response.status).toBe(413);
  expect((await fetch(`${origin}${service.base}/hello`)).status).toBe(200);
  await close();
});
