import path from 'node:path';

import { launchApp, type LaunchOptions } from '@iib-kit/server';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';

import { infotext, makeImage } from '../helpers/make-image.ts';
import { cannotMount, smallDrive } from '../helpers/small-drive.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

/** A server over two images, with a small drive in its folder and what it warns of. */
async function serve(
  options: (at: (name: string) => string) => LaunchOptions,
  prepare: (drive: ReturnType<typeof smallDrive>) => void = () => {},
) {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const at = (name: string) => path.join(folder, name);
  const drive = smallDrive(at('drive'));
  prepare(drive);
  for (const [number, name] of ['one.png', 'two.png', 'three.png'].entries())
    await makeImage(at(`library/${name}`), { text: infotext('a kite', number) });
  const warned: string[] = [];
  const log = { warn: (_: object, message: string) => void warned.push(message), error: () => {} };
  const app = await launchApp({
    port: 0,
    extraPaths: [at('library')],
    dbPath: at('iib.db'),
    cacheDir: at('cache'),
    log,
    ...options(at),
  });
  onTestFinished(() => app.close());
  const post = async (route: string, body: object) => {
    const response = await fetch(app.url + route, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  const thumbnail = async (name: string) => {
    const query = new URLSearchParams({ path: at(`library/${name}`), t: '1', size: '64x64' });
    const response = await fetch(`${app.url}/image-thumbnail?${query.toString()}`);
    return [
      response.status,
      response.headers.get('content-type'),
      (await response.arrayBuffer()).byteLength > 100,
    ];
  };
  return { at, drive, warned, post, thumbnail };
}

const aPicture = [200, 'image/webp', true];
const anew = 'thumbnails cannot be stored and are made anew each time, until their folder can be written';

describe('a drive', () => {
  beforeEach(({ skip }) => skip(cannotMount !== undefined, cannotMount));

  test('of the cache that is full costs the cache and no picture, and is tried again', async () => {
    const { drive, warned, thumbnail } = await serve((at) => ({ cacheDir: at('drive/cache') }));
    drive.fill();
    expect(await thumbnail('one.png')).toEqual(aPicture);
    expect(await thumbnail('two.png')).toEqual(aPicture);
    expect(warned).toEqual([anew]);
    drive.makeRoom();
    expect(await thumbnail('three.png')).toEqual(aPicture);
    drive.fill();
    expect(await thumbnail('three.png')).toEqual(aPicture);
    expect(warned).toEqual([anew]);
  });

  test('of the cache that becomes read-only costs no picture', async () => {
    const { drive, warned, thumbnail } = await serve((at) => ({ cacheDir: at('drive/cache') }));
    drive.remount('ro');
    expect(await thumbnail('one.png')).toEqual(aPicture);
    expect(warned).toEqual([anew]);
  });

  test('of the cache that is read-only from the start lets the server start, and costs no picture', async () => {
    const { warned, thumbnail } = await serve(
      (at) => ({ cacheDir: at('drive/cache') }),
      (drive) => drive.remount('ro'),
    );
    expect(await thumbnail('one.png')).toEqual(aPicture);
    expect(warned).toEqual(['the cache cannot be written', anew]);
  });

  test('of the database that is full refuses a rating with the file, and takes it when there is room', async () => {
    const { at, drive, post } = await serve((at) => ({ dbPath: at('drive/iib.db') }));
    expect((await post('/db/update_image_data', {})).status).toBe(200);
    const rate = () => post('/db/rating', { img_paths: [at('library/one.png')], rating: 4 });
    drive.fill();
    expect(await rate()).toEqual({
      status: 507,
      body: {
        detail: expect.stringContaining(
          `There is no room left for the database; make room on its drive: ${at('drive/iib.db')}`,
        ),
      },
    });
    drive.makeRoom();
    expect((await rate()).status).toBe(200);
  });

  test('that is a full destination of a copy says so, and leaves nothing there', async () => {
    const { at, drive, post } = await serve((at) => ({ extraPaths: [at('library'), at('drive')] }));
    drive.fill();
    const copy = () => post('/copy_files', { file_paths: [at('library/one.png')], dest: at('drive') });
    expect(await copy()).toEqual({ status: 409, body: { detail: expect.stringMatching(/full|room|space/) } });
    drive.makeRoom();
    expect((await copy()).status).toBe(200);
  });
});
