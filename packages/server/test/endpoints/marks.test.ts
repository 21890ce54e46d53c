import { expect, test } from 'vitest';

import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';

const { service, at } = await madeService();

overTransports(service, ({ get, send, json }) => {
  const rate = (names: string[], rating: unknown) =>
    send('POST', '/db/rating', { img_paths: names.map(at), rating });
  const note = (name: string, text: string) => send('POST', '/db/note', { img_path: at(name), note: text });
  const marks = (names: string[]) => json(send('POST', '/db/marks', { paths: names.map(at) }));

  test('images are rated and get notes, which can be taken away', async () => {
    expect(await json(rate(['fox.png', 'plain.png'], '4'))).toBeNull();
    expect(await json(note('fox.png', 'the "one"\nfor the cover'))).toBeNull();
    expect(await marks(['fox.png', 'plain.png', 'sub/panda.webp'])).toEqual({
      [at('fox.png')]: { rating: 4, note: 'the "one"\nfor the cover' },
      [at('plain.png')]: { rating: 4, note: '' },
    });
    const rated = await json<{ files: { name: string }[] }>(
      send('POST', '/db/search', { query: 'rating>=4' }),
    );
    expect(rated.files.map((file) => file.name)).toEqual(['fox.png', 'plain.png']);
    await json(rate(['fox.png', 'plain.png'], 0));
    await json(note('fox.png', ''));
    expect(await marks(['fox.png', 'plain.png'])).toEqual({});
  });

  test('images are counted by rating, those without one too', async () => {
    const { img_count } = await json<{ img_count: number }>(get('/db/basic_info'));
    await json(rate(['fox.png', 'plain.png'], 4));
    await json(rate(['sub/panda.webp'], 1));
    expect(await json(get('/db/rating_counts'))).toEqual([
      { rating: 0, count: img_count - 3 },
      { rating: 1, count: 1 },
      { rating: 2, count: 0 },
      { rating: 3, count: 0 },
      { rating: 4, count: 2 },
      { rating: 5, count: 0 },
    ]);
    await json(rate(['fox.png', 'plain.png', 'sub/panda.webp'], 0));
    expect(await json(get('/db/rating_counts'))).toMatchObject([
      { rating: 0, count: img_count },
      {},
      {},
      {},
      {},
      {},
    ]);
  });

  test('ratings beyond 5 and images that are not indexed are refused', async () => {
    expect((await rate(['fox.png'], 6)).status).toBe(422);
    expect((await rate(['fox.png', 'gone.png'], 3)).status).toBe(404);
    expect((await note('gone.png', 'x')).status).toBe(404);
    expect(await marks(['fox.png'])).toEqual({});
  });

  test('marks leave as JSON Lines and come back', async () => {
    const img_paths = [at('fox.png')];
    await json(send('POST', '/db/batch_update_image_tag', { img_paths, action: 'add', tag_id: 1 }));
    await json(rate(['fox.png'], 5));
    const response = await get('/db/marks/export');
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/jsonl; charset=utf-8',
    ]);
    const lines = await response.text();
    const record = JSON.parse(lines) as object;
    expect(record).toMatchObject({ path: at('fox.png'), tags: ['like'], rating: 5, note: '' });

    await json(rate(['fox.png'], 0));
    await json(send('POST', '/db/batch_update_image_tag', { img_paths, action: 'remove', tag_id: 1 }));
    expect(await (await get('/db/marks/export')).text()).toBe('');
    const elsewhere = JSON.stringify({ ...record, path: '/another/machine/fox.png' });
    const unknown = '{"path":"/not/here.png","rating":1}';
    expect(await json(send('POST', '/db/marks/import', { lines: `${elsewhere}\r\n\n${unknown}\n` }))).toEqual(
      { imported: 1, unknown: ['/not/here.png'] },
    );
    expect(await marks(['fox.png'])).toEqual({ [at('fox.png')]: { rating: 5, note: '' } });
    await json(rate(['fox.png'], 0));
    await json(send('POST', '/db/batch_update_image_tag', { img_paths, action: 'remove', tag_id: 1 }));
  });

  test('a line that is no record is named by its number', async () => {
    const response = await send('POST', '/db/marks/import', { lines: '\n{"path":7}' });
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        detail: [
          { loc: ['body', 'lines', 2], msg: 'Line 2 is not a record of annotations', type: 'invalid_line' },
        ],
      },
    ]);
  });
});
