import { lstat, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { inputPlace, isEvents, isMedia, pathParameters, type Endpoint } from '@iib-kit/contract';
import { openService, type IibService } from '@iib-kit/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  bytesOf,
  callWith,
  endpoints,
  exampleIn,
  fieldsOf,
  strangeValues,
  waysOut,
  withValue,
} from './helpers/hostile-input.ts';
import { infotext, makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';
import { transports } from './helpers/transports.ts';

/** Stands in every file outside of the library, and nowhere else. */
const SECRET = 'the-secret-of-the-house';

const { folder, remove } = await temporaryFolder();
const library = path.join(folder, 'library');
const failures: string[] = [];
let service: IibService;
let image: Buffer;

beforeAll(async () => {
  await makeImage(path.join(library, 'a.png'), { text: infotext('a fox', 1) });
  image = await readFile(path.join(library, 'a.png'));
  for (const outside of ['private', 'library-private']) {
    await makeImage(path.join(folder, outside, 'secret.png'), { text: infotext(SECRET, 2) });
    await writeFile(path.join(folder, outside, `${SECRET}.txt`), SECRET);
  }
  await restore();
  service = await openService({
    extraPaths: [library],
    baseDir: library,
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
    log: {
      warn: () => {},
      error: (details) => failures.push(String((details as { err?: unknown }).err)),
    },
  });
  await service.library.update();
});

afterAll(async () => {
  await service.close();
  await remove();
});

/** Files outside of the library with what they hold. */
async function outside(): Promise<unknown[]> {
  const found: unknown[] = [(await readdir(folder)).filter((name) => !name.startsWith('iib.db')).sort()];
  for (const name of ['private', 'library-private']) {
    for (const file of (await readdir(path.join(folder, name), { recursive: true })).sort()) {
      const full = path.join(folder, name, file);
      found.push(full, (await lstat(full)).isFile() ? await readFile(full, 'base64') : 'no file');
    }
  }
  return found;
}

/** The library as it was before earlier calls moved, renamed and deleted in it. */
async function restore(): Promise<void> {
  await rm(library, { recursive: true, force: true });
  await mkdir(library);
  await writeFile(path.join(library, 'a.png'), image);
  await symlink(path.join(folder, 'private'), path.join(library, 'way-out'));
  await symlink(path.join(folder, 'private/secret.png'), path.join(library, 'way-out.png'));
}

async function checkAnswer(response: Response | undefined, what: string): Promise<number> {
  if (response === undefined) return 0;
  const bytes = await bytesOf(response);
  expect(response.status, `${what}: ${failures.join('; ')}`).toBeLessThan(500);
  expect(bytes.includes(SECRET), `${what} tells what lies outside`).toBe(false);
  return response.status;
}

const [direct, ...others] = transports;
if (direct === undefined) throw new Error('there is no transport');

describe(`over ${direct.name}`, () => {
  let base: string;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const { origin, close } = await direct.serve(service);
    base = `${origin}${service.base}`;
    stop = close;
  });

  afterAll(() => stop());

  test.each(endpoints)('%s answers what it does not mean without failing', async (name, endpoint) => {
    await restore();
    const input = exampleIn(endpoint, library);
    const fields = fieldsOf(endpoint);
    // Without fields nothing is read, and some such calls take their time.
    if (fields.length === 0) await checkAnswer(await callWith(base, endpoint, { anything: [{}] }), name);
    for (const field of fields) {
      const { [field]: _, ...missing } = input;
      await checkAnswer(await callWith(base, endpoint, missing), `${name} without ${field}`);
      for (const value of strangeValues) {
        const shown = `${name} with ${field} = ${JSON.stringify(value).slice(0, 60)}`;
        for (const hostile of withValue(input, field, value)) {
          await checkAnswer(await callWith(base, endpoint, hostile), shown);
        }
      }
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test.each(endpoints)('%s neither shows nor touches what lies outside', async (name, endpoint) => {
    await restore();
    const before = await outside();
    const input = exampleIn(endpoint, library);
    for (const field of fieldsOf(endpoint)) {
      for (const way of waysOut(library)) {
        for (const hostile of withValue(input, field, way)) {
          const status = await checkAnswer(
            await callWith(base, endpoint, hostile),
            `${name} with ${field} = ${way}`,
          );
          if (isMedia(endpoint.output) && isPathField(endpoint, field)) {
            expect(status, `${name} with ${field} = ${way}`).not.toBe(200);
          }
        }
      }
    }
    expect(await outside()).toEqual(before);
  });

  test.each(endpoints.filter(([, endpoint]) => pathParameters(endpoint.path).length > 0))(
    '%s decodes its path once and refuses what is not percent-encoded',
    async (_, endpoint) => {
      const [name = ''] = pathParameters(endpoint.path);
      const status = async (text: string) =>
        (await fetch(base + endpoint.path.replace(`{${name}}`, text))).status;
      for (const text of ['%', '%zz', '%ff', '%c0%ae', '%ed%a0%80.png']) {
        expect([text, await status(text)]).toEqual([text, 400]);
      }
      for (const text of ['%00', 'a%00.png', '..%2fprivate%2fsecret.png', '%2e%2e%2fprivate', '%252e%252e']) {
        expect(await status(text)).toBeGreaterThanOrEqual(400);
        expect(await status(text)).toBeLessThan(500);
      }
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

  test('a body larger than the limit is refused before it is read', async () => {
    const response = await fetch(`${base}/db/get_image_tags`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"paths":["${'x'.repeat(17 * 1024 * 1024)}"]}`,
    }).catch((error: Error) => error);
    // The server may cut the connection while the body is still being sent.
    if (response instanceof Response) expect(response.status).toBe(413);
    expect((await fetch(`${base}/hello`)).status).toBe(200);
  });
});

describe.each([direct, ...others])('requests that are no requests, over $name', (transport) => {
  let base: string;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const { origin, close } = await transport.serve(service);
    base = `${origin}${service.base}`;
    stop = close;
  });

  afterAll(() => stop());

  test.each(endpoints.filter(([, endpoint]) => inputPlace(endpoint) === 'body'))(
    '%s answers broken bodies by name',
    async (name, endpoint) => {
      const { method, path: route } = endpoint;
      const answer = async (body: string | Uint8Array, type = 'application/json') => {
        const request: RequestInit = { method, body, headers: { 'content-type': type } };
        return checkAnswer(await fetch(base + route, request), `${name} with ${String(body).slice(0, 40)}`);
      };
      expect(await answer('{"a":')).toBe(400);
      expect(await answer('')).toBeLessThan(500);
      expect(await answer(new Uint8Array([0x7b, 0xff, 0x7d]))).toBe(400);
      expect(await answer('[1]')).toBe(422);
      expect(await answer('"text"')).toBeGreaterThanOrEqual(400);
      expect(await answer('a=b', 'application/x-www-form-urlencoded')).toBe(415);
      expect(await answer('{}', 'text/plain')).toBe(415);
      expect(await answer(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).toBeLessThan(500);
      for (const field of fieldsOf(endpoint)) {
        expect(await answer(`{"${field}":1,"${field}":[],"${field}":{}}`)).toBeLessThan(500);
      }
      const { error } = endpoint.input.safeParse({});
      if (error !== undefined) {
        // What stands under `__proto__` is no field of the body.
        const body = JSON.stringify({ proto: exampleIn(endpoint, library) }).replace(
          '"proto"',
          '"__proto__"',
        );
        expect(await answer(body)).toBe(422);
      }
    },
  );

  test.each(
    endpoints.filter(([, endpoint]) => inputPlace(endpoint) === 'query' && !isEvents(endpoint.output)),
  )('%s answers broken queries', async (name, endpoint) => {
    const route = endpoint.path.replace(/\{\w+\}/g, 'a.png');
    const queries = [
      '%',
      '%zz=%ff',
      '=',
      '&&&',
      '__proto__=x&constructor=y',
      'x=%00',
      `x=${'y'.repeat(4000)}`,
    ];
    for (const field of fieldsOf(endpoint)) {
      queries.push(`${field}=1&${field}=2`, `${field}[]=1&${field}[a]=2`, `${field}=%ff%fe`);
    }
    for (const query of queries) {
      const response = await fetch(`${base}${route}?${query}`, { method: endpoint.method });
      expect(await checkAnswer(response, `${name}?${query.slice(0, 40)}`)).toBeLessThan(500);
    }
  });
});

/** Whether the example has a path here: a way out must then be refused. */
function isPathField(endpoint: Endpoint, field: string): boolean {
  return /^\/library|\bimage\.png$/.test(
    JSON.stringify((endpoint.example as Record<string, unknown>)[field] ?? '').slice(1, -1),
  );
}
