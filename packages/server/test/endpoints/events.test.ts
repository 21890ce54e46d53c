import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import { openService } from '@iib-kit/server';
import { expect, onTestFinished, test } from 'vitest';

import { infotext, makeImage } from '../helpers/make-image.ts';
import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';
import { readEvents } from '../helpers/read-events.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { transports } from '../helpers/transports.ts';

const { service, at } = await madeService();

overTransports(service, ({ base, send, json, transport }) => {
  const url = () => `${base()}/events`;
  const update = () => json(send('POST', '/db/update_image_data'));
  const name = (suffix: string) => `${transport.replaceAll(/\W/g, '')}-${suffix}`;

  test('a stream begins with its cursor and tells of images that come and go', async () => {
    const stream = await readEvents(url());
    const ready = await stream.next();
    expect(ready).toEqual({ id: ready.id, name: 'ready', data: { type: 'ready', cursor: ready.id } });
    const file = at(name('new.png'));
    await makeImage(file, { text: infotext('an owl', 21) });
    await update();
    const came = await stream.next((event) => event.name === 'images');
    expect(came.data).toEqual({ type: 'images', added: [file], changed: [], removed: [], moved: [] });
    await rm(file);
    await update();
    const went = await stream.next((event) => event.name === 'images');
    expect(went.data).toEqual({ type: 'images', added: [], changed: [], removed: [file], moved: [] });
    stream.leave();
  });

  test('it tells of tags given and taken, and of jobs', async () => {
    const stream = await readEvents(url());
    const tag = await json<{ id: number }>(send('POST', '/db/add_custom_tag', { tag_name: name('tag') }));
    const made = await stream.next((event) => event.name === 'tags');
    expect(made.data).toEqual({ type: 'tags', paths: null, tag_ids: [tag.id] });
    const change = { img_paths: [at('fox.png')], tag_id: tag.id };
    await json(send('POST', '/db/batch_update_image_tag', { ...change, action: 'add' }));
    const given = await stream.next((event) => event.name === 'tags');
    expect(given.data).toEqual({ type: 'tags', paths: [at('fox.png')], tag_ids: [tag.id] });
    await json(send('POST', '/db/batch_update_image_tag', { ...change, action: 'remove' }));
    await update();
    const job = await stream.next((event) => event.name === 'job');
    expect(job.data).toMatchObject({ job: { kind: 'index' } });
    stream.leave();
  });

  test('after a break it goes on from the last event, by header or query', async () => {
    const first = await readEvents(url());
    const { id = '' } = await first.next();
    first.leave();
    const file = at(name('missed.png'));
    await makeImage(file);
    await update();
    for (const again of [
      await readEvents(`${url()}?cursor=${id}`),
      await readEvents(`${url()}?cursor=from-long-ago`, { 'last-event-id': id }),
    ]) {
      expect(await again.next()).toEqual({ id, name: 'ready', data: { type: 'ready', cursor: id } });
      const missed = await again.next((event) => event.name === 'images');
      expect(missed.data).toMatchObject({ added: [file] });
      again.leave();
    }
    await rm(file);
    await update();
  });

  test('the page of the application says from where on it has to hear', async () => {
    const cursorOf = async () => {
      const page = await send('GET', '/').then((answer) => answer.text());
      return /<meta name="event-cursor" content="([^"]+)"/.exec(page)?.[1] ?? expect.fail(page);
    };
    const cursor = await cursorOf();
    const file = at(name('between.png'));
    await makeImage(file);
    await update();
    expect(await cursorOf()).not.toBe(cursor);
    const stream = await readEvents(`${url()}?cursor=${cursor}`);
    expect((await stream.next()).data).toEqual({ type: 'ready', cursor });
    const missed = await stream.next((event) => event.name === 'images');
    expect(missed.data).toMatchObject({ added: [file] });
    stream.leave();
    await rm(file);
    await update();
  });

  test('a cursor that is not known is told to begin anew', async () => {
    const stream = await readEvents(`${url()}?cursor=0123456789ab-3`);
    const reset = await stream.next();
    expect(reset).toEqual({
      id: reset.id,
      name: 'reset',
      data: { type: 'reset', cursor: reset.id, reason: 'unknown-cursor' },
    });
    stream.leave();
  });

  test('streams that are left make room for others', async () => {
    for (let count = 0; count < 300; count += 1) {
      const stream = await readEvents(url());
      expect(stream.response.status).toBe(200);
      stream.leave();
      // The server is in this process: it sees a client go when it gets a turn.
      if (count % 50 === 49) await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
});

async function serving(options: Parameters<typeof openService>[0], transport = transports[0]) {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  await mkdir(path.join(folder, 'one'));
  await mkdir(path.join(folder, 'two'));
  const own = await openService({
    extraPaths: [path.join(folder, 'one'), path.join(folder, 'two')],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
    ...options,
    ...(options?.allowedPaths === undefined
      ? {}
      : { allowedPaths: options.allowedPaths.map((name) => path.join(folder, name)) }),
  });
  onTestFinished(() => own.close());
  const { origin, close } = (await transport?.serve(own)) ?? expect.fail('no transport');
  onTestFinished(close);
  return { own, folder, url: `${origin}${own.base}/events`, close };
}

test('of images outside the allowed folders nothing is told', async () => {
  const { own, folder, url } = await serving({ allowedPaths: ['one'] });
  const stream = await readEvents(url);
  await stream.next();
  await makeImage(path.join(folder, 'one/seen.png'));
  await makeImage(path.join(folder, 'two/hidden.png'));
  await own.library.update();
  const came = await stream.next((event) => event.name === 'images');
  expect(came.data).toMatchObject({ added: [path.join(folder, 'one/seen.png')] });
  stream.leave();
});

test('more streams than the limit are refused', async () => {
  const { url } = await serving({});
  const streams = [];
  for (let count = 0; count < 256; count += 1) streams.push(await readEvents(url));
  const refused = await fetch(url);
  expect([refused.status, await refused.json()]).toEqual([429, { detail: '256 streams are open already' }]);
  streams[0]?.leave();
  for (;;) {
    const again = await readEvents(url);
    streams.push(again);
    if (again.response.status === 200) break;
  }
  for (const stream of streams) stream.leave();
});

test.each(transports)('closing the service ends the streams over $name', async (transport) => {
  const { own, url } = await serving({}, transport);
  const stream = await readEvents(url);
  await stream.next();
  await own.close();
  expect(await stream.ended()).toBe(true);
});

test('a library that is watched tells of new images by itself, also in folders that are added later', async () => {
  const { own, folder, url } = await serving({ watch: true });
  const stream = await readEvents(url);
  await stream.next();
  await own.library.update();
  await makeImage(path.join(folder, 'one/new.png'));
  const came = await stream.next((event) => event.name === 'images');
  expect(came.data).toMatchObject({ added: [path.join(folder, 'one/new.png')] });

  const later = path.join(folder, 'later');
  await makeImage(path.join(later, 'a.png'));
  await own.library.add(later, ['scanned']);
  const added = await stream.next((event) => event.name === 'images');
  expect(added.data).toMatchObject({ added: [path.join(later, 'a.png')] });
  stream.leave();
});

test('it tells of folders that are added, go away, come back and are taken out', async () => {
  const { own, folder, url } = await serving({ watch: false });
  const [one, three] = [path.join(folder, 'one'), path.join(folder, 'three')];
  const stream = await readEvents(url);
  await stream.next();
  const told = async () => (await stream.next((event) => event.name === 'folders')).data;
  await mkdir(three);
  await own.library.add(three, ['scanned']);
  expect(await told()).toEqual({ type: 'folders', unavailable: [] });
  await rename(one, path.join(folder, 'pulled out'));
  expect(await told()).toEqual({ type: 'folders', unavailable: [one] });
  await rename(path.join(folder, 'pulled out'), one);
  expect(await told()).toEqual({ type: 'folders', unavailable: [] });
  await own.library.remove(three, ['scanned']);
  expect(await told()).toEqual({ type: 'folders', unavailable: [] });
  stream.leave();
});
