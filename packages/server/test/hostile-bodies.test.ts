import { describe, expect, test } from 'vitest';

import { topicLibrary } from './helpers/topic-library.ts';
import { transports } from './helpers/transports.ts';

const { service } = await topicLibrary({});

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at));

/** Bodies whose parsing took seconds: brackets, empty objects, objects with names of their own, names. */
const shapes: Record<string, string> = {
  'deep in lists': '['.repeat(8_000_000),
  'deep in objects': '{"a":'.repeat(2_000_000),
  'deep and closed': `${'['.repeat(2_000_000)}${']'.repeat(2_000_000)}`,
  'of empty objects': `[${'{},'.repeat(2_000_000)}{}]`,
  'of different objects': `[${times(600_000, (at) => `{"${at.toString(36)}":1}`).join(',')}]`,
  'of names': `{${times(600_000, (at) => `"${at.toString(36)}":1`).join(',')}}`,
  'of numbers': `[${'1,'.repeat(4_000_000)}1]`,
};

describe.each(transports.filter(({ name }) => !name.includes('body parsers')))('over $name', (transport) => {
  async function post(path: string, body: string): Promise<{ status: number; detail: unknown }> {
    const served = await transport.serve(service);
    const response = await fetch(`${served.origin}${service.base}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const { detail } = (await response.json()) as { detail: unknown };
    await served.close();
    return { status: response.status, detail };
  }

  test.each(Object.keys(shapes))('a body %s is refused before it is parsed', async (shape) => {
    expect(await post('/db/search_by_substr', `{"surstr":${shapes[shape]}}`)).toEqual({
      status: 413,
      detail: shape.startsWith('deep')
        ? 'a request body can be at most 64 levels deep'
        : 'a request body can hold at most 50000 values',
    });
  });

  test.each([
    ['1048576 bytes', `{"name":"${'x'.repeat(1_100_000)}"}`],
    ['10000 values', `{"name":[${'1,'.repeat(10_000)}1]}`],
  ])('a body without lists has at most %s', async (most, body) => {
    const { status, detail } = await post('/db/add_custom_tag', body);
    expect(status).toBe(413);
    expect(detail).toContain(most);
  });

  test('of a list of wrong items the first fifty are named', async () => {
    const { status, detail } = await post('/db/get_image_tags', `{"paths":[${'1,'.repeat(9_999)}1]}`);
    expect(status).toBe(422);
    expect(detail).toHaveLength(50);
  });

  test('ten thousand long paths come as far as the check of access', async () => {
    const paths = JSON.stringify(times(10_000, (at) => `/nowhere/${'x'.repeat(200)}/${at}.png`));
    expect((await post('/db/get_image_tags', `{"paths":${paths}}`)).status).toBe(403);
  });
});
