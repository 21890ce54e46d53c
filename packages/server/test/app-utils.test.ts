import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { AppUtils, wrapApp, type HostApp, type IibOptions } from '@iib-kit/server';
import express5 from 'express';
import express4 from 'express4';
import Fastify from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';

import { baseOfPage } from './helpers/base-of-page.ts';
import { infotext, makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function libraryOptions(prompt = 'a kite'): Promise<IibOptions> {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  await makeImage(path.join(folder, 'library/a.png'), { text: infotext(prompt, 1) });
  return {
    extraPaths: [path.join(folder, 'library')],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  };
}

function appUtils(options: IibOptions): AppUtils {
  const utils = new AppUtils(options);
  cleanups.push(() => utils.close());
  return utils;
}

/** A host application with routes, a body parser, a guard, CORS and an error handler of its own. */
interface Host {
  readonly name: string;
  /** Mounts below `/images` where a prefix is asked for; resolves to its origin. */
  serve(mount: (app: HostApp) => Promise<unknown>, options: { prefix?: boolean }): Promise<string>;
}

const guardMessage = { host: 'who are you?' };

function expressHost(name: string, express: typeof express5): Host {
  return {
    name,
    async serve(mount, { prefix = false }) {
      const app = express();
      app.use((_request, response, next) => {
        response.setHeader('access-control-allow-origin', 'https://host.example');
        next();
      });
      app.use((request, response, next) => {
        if (request.headers['x-user'] === 'ann') next();
        else response.status(401).json(guardMessage);
      });
      app.use(express.json());
      app.post('/echo', (request, response) => void response.json(request.body));
      const place = prefix ? express() : app;
      if (prefix) app.use('/images', place);
      const mounted = mount(place);
      app.get('/boom', () => {
        throw new Error('of the host');
      });
      app.use((_request, response) => void response.status(404).json({ host: 'not found' }));
      app.use(
        (error: Error, _request: unknown, response: express5.Response, _next: express5.NextFunction) =>
          void response.status(500).json({ host: error.message }),
      );
      const server = createServer(app).listen(0, '127.0.0.1');
      cleanups.push(() => {
        server.closeAllConnections();
        server.close();
      });
      await new Promise((resolve) => server.once('listening', resolve));
      await mounted;
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
  };
}

const fastifyHost: Host = {
  name: 'Fastify 5',
  async serve(mount, { prefix = false }) {
    const app = Fastify();
    cleanups.push(() => app.close());
    app.addHook('onRequest', async (request, reply) => {
      void reply.header('access-control-allow-origin', 'https://host.example');
      if (request.headers['x-user'] !== 'ann') await reply.code(401).send(guardMessage);
    });
    app.setErrorHandler(async (error: Error, _request, reply) =>
      reply.code(500).send({ host: error.message }),
    );
    app.setNotFoundHandler(async (_request, reply) => reply.code(404).send({ host: 'not found' }));
    app.post('/echo', async (request) => request.body);
    app.get('/boom', async () => {
      throw new Error('of the host');
    });
    if (prefix) await app.register(async (child) => void (await mount(child)), { prefix: '/images' });
    else await mount(app);
    return app.listen({ port: 0, host: '127.0.0.1' });
  },
};

const hosts = [
  expressHost('Express 5', express5),
  expressHost('Express 4', express4 as unknown as typeof express5),
  fastifyHost,
];

const ann = { 'x-user': 'ann', 'content-type': 'application/json' };

describe.each(hosts)('in $name', (host) => {
  test.each([
    ['at its root', false, ''],
    ['below a prefix', true, '/images'],
  ])('the API is there %s, and the host keeps its own', async (_, prefix, place) => {
    const utils = appUtils(await libraryOptions());
    const origin = await host.serve((app) => utils.wrapApp(app), { prefix });
    const base = `${origin}${place}/infinite_image_browsing`;

    const update = await fetch(`${base}/db/update_image_data`, { method: 'POST', headers: ann });
    expect([update.status, await update.json()]).toEqual([200, null]);
    const search = await fetch(`${base}/db/search_by_substr`, {
      method: 'POST',
      headers: ann,
      body: '{"surstr":"kite"}',
    });
    expect(await search.json()).toMatchObject({ files: [{ name: 'a.png' }] });
    const page = await fetch(base, { headers: ann });
    expect(baseOfPage(await page.text(), base)).toBe(`${place}/infinite_image_browsing/`);

    const stranger = await fetch(`${base}/hello`);
    expect([stranger.status, await stranger.json()]).toEqual([401, guardMessage]);
    const hello = await fetch(`${base}/hello`, { headers: ann });
    expect(hello.headers.get('access-control-allow-origin')).toBe('https://host.example');
    const echo = await fetch(`${origin}/echo`, { method: 'POST', headers: ann, body: '{"a":1}' });
    expect(await echo.json()).toEqual({ a: 1 });
    const boom = await fetch(`${origin}/boom`, { headers: ann });
    expect([boom.status, await boom.json()]).toEqual([500, { host: 'of the host' }]);
    const unknown = await fetch(`${base}/nope`, { headers: ann });
    expect([unknown.status, await unknown.json()]).toEqual([404, { host: 'not found' }]);
  });

  test('two instances with two databases work side by side', async () => {
    const one = appUtils({ ...(await libraryOptions('a kite')), base: '/one' });
    const two = appUtils({ ...(await libraryOptions('a boat')), base: '/two' });
    const origin = await host.serve(async (app) => Promise.all([one.wrapApp(app), two.wrapApp(app)]), {});
    const find = async (base: string, surstr: string) => {
      const send = (route: string, body: object) =>
        fetch(`${origin}${base}${route}`, { method: 'POST', headers: ann, body: JSON.stringify(body) });
      await send('/db/update_image_data', {});
      return ((await (await send('/db/search_by_substr', { surstr })).json()) as { files: unknown[] }).files
        .length;
    };
    expect([await find('/one', 'kite'), await find('/one', 'boat')]).toEqual([1, 0]);
    expect([await find('/two', 'kite'), await find('/two', 'boat')]).toEqual([0, 1]);
  });
});

test('an Express application goes on without the API when its index cannot be opened', async () => {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  const app = express5();
  const wrapped = wrapApp(app, {
    dbPath: path.join(folder, 'nowhere/iib.db'),
    cacheDir: path.join(folder, 'cache'),
  });
  app.get('/own', (_request, response) => void response.json('here'));
  await expect(wrapped).rejects.toMatchObject({ name: 'IndexError', code: 'cannot-open' });
  const server = createServer(app).listen(0, '127.0.0.1');
  cleanups.push(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await (await fetch(`${origin}/own`)).json()).toBe('here');
});

test.each([
  ['nothing', undefined],
  ['a plain function', () => {}],
  ['an object', { use: () => {} }],
  ['an HTTP server', createServer()],
])('%s is refused as an application', async (_, app) => {
  const utils = appUtils({ dbPath: '/nowhere/iib.db' });
  await expect(utils.wrapApp(app as unknown as HostApp)).rejects.toThrow(
    new TypeError('wrapApp takes an Express 4 or 5 application or a Fastify 5 instance'),
  );
});

test('another Fastify is refused with its version', async () => {
  const old = { version: '4.29.0', register: () => {}, addHook: () => {} };
  await expect(appUtils({}).wrapApp(old as unknown as HostApp)).rejects.toThrow(
    'wrapApp needs Fastify 5, not 4.29.0',
  );
});

test('a wrong option is refused by name when it is given', () => {
  expect(() => new AppUtils({ permision: 'read-only' } as IibOptions)).toThrow(/permision/);
});

test('closing closes the service, also before it is open, and may be done again', async () => {
  const options = await libraryOptions();
  const utils = new AppUtils(options);
  await utils.close();
  const opening = utils.wrapApp(express5());
  await utils.close();
  await utils.close();
  await expect((await opening).library.update()).rejects.toMatchObject({ code: 'closed' });
});
