import { Agent } from 'undici';
import { expect, onTestFinished, test } from 'vitest';

import { createClient } from '../src/index.ts';
import { json, serve } from './helpers/servers.ts';

function agent(options: Agent.Options): Agent {
  const made = new Agent(options);
  onTestFinished(() => made.destroy());
  return made;
}

test('requests go through the dispatcher that is given, redirected ones too', async () => {
  const target = await serve(json('here'));
  const moved = await serve((request, response) => {
    response.writeHead(307, { location: `${target}${request.url}` }).end();
  });
  const sent: string[] = [];
  const dispatcher = agent({}).compose((dispatch) => (request, handler) => {
    sent.push(`${String(request.origin)}${request.path}`);
    return dispatch(request, handler);
  });
  const client = createClient({ baseUrl: moved, validate: false, dispatcher });
  expect(await client.system.hello()).toBe('here');
  expect(sent).toEqual([`${moved}/hello`, `${moved}/hello`, `${target}/hello`]);
});

test('a redirect with a long body keeps no connection', async () => {
  const origin = await serve((request, response) => {
    if (request.url === '/new/hello') json('here')(request, response);
    else response.writeHead(307, { location: '/new/hello' }).end('x'.repeat(100_000));
  });
  const client = createClient({
    baseUrl: origin,
    validate: false,
    dispatcher: agent({ connections: 1, pipelining: 1 }),
    timeout: 5000,
    retry: { limit: 0 },
  });
  expect(await client.system.hello()).toBe('here');
});

test('a dispatcher and fetch exclude each other', () => {
  const both = { baseUrl: 'http://a', dispatcher: agent({}), fetch: globalThis.fetch };
  expect(() => createClient(both)).toThrow(new TypeError('options dispatcher and fetch exclude each other'));
});
