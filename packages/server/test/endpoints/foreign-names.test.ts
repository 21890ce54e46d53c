import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { spellPath } from '@iib-kit/catalog';
import { describe, expect, test } from 'vitest';

import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';

const { service, library, at } = await madeService();

/** A path of the library as bytes, from characters of Latin-1. */
const bytesOf = (name: string) => Buffer.concat([Buffer.from(`${library}/`), Buffer.from(name, 'latin1')]);
const folder = spellPath(bytesOf('caf\xe9'));
const file = path.join(folder, spellPath(Buffer.from('f\xfcchse.png', 'latin1')));

// Other systems store names as text.
describe.runIf(process.platform === 'linux')('names that are not UTF-8', async () => {
  mkdirSync(bytesOf('caf\xe9'));
  const image = readFileSync(at('fox.png'));
  writeFileSync(bytesOf('caf\xe9/f\xfcchse.png'), image);

  overTransports(service, ({ get, send, json, search }) => {
    const namesIn = async (place: string) => {
      const { files } = await json<{ files: { fullpath: string }[] }>(get('/files', { folder_path: place }));
      return files.map(({ fullpath }) => fullpath);
    };

    test('are listed as the index spells them, and can be listed, looked at and read by that', async () => {
      expect(await namesIn(library)).toContain(folder);
      expect(await namesIn(folder)).toEqual([file]);
      const infos = await json(send('POST', '/batch_get_files_info', { paths: [file, folder] }));
      expect(infos).toMatchObject({
        [file]: { type: 'file', bytes: image.length, fullpath: file },
        [folder]: { type: 'dir' },
      });
      expect(await json(send('POST', '/check_path_exists', { paths: [file] }))).toEqual({ [file]: true });
      const response = await get('/file', { path: file });
      expect([response.status, Buffer.from(await response.arrayBuffer()).equals(image)]).toEqual([200, true]);
      expect(await json(get('/image_geninfo', { path: file }))).toContain('a fox asleep');
    });

    test('spelled another way they are the same files', async () => {
      const [odd] = await namesIn(folder);
      expect(odd).toBe(file);
      const spelling = at('\u{10fec3}\u{10fea9}.txt');
      writeFileSync(at('é.txt'), 'text');
      const response = await get('/file', { path: spelling });
      expect([response.status, await response.text()]).toEqual([200, 'text']);
    });

    test('their images are tagged and rated, and found by that', async () => {
      await json(send('POST', '/db/update_image_data', {}));
      const tag = await json<{ id: number }>(send('POST', '/db/add_custom_tag', { tag_name: 'odd' }));
      await json(
        send('POST', '/db/batch_update_image_tag', { img_paths: [file], action: 'add', tag_id: tag.id }),
      );
      await json(send('POST', '/db/rating', { img_paths: [file], rating: 4 }));
      await json(send('POST', '/db/note', { img_path: file, note: 'odd name' }));
      expect(await json(send('POST', '/db/marks', { paths: [file] }))).toEqual({
        [file]: { rating: 4, note: 'odd name' },
      });
      expect(await json(get('/db/img_selected_custom_tag', { path: file }))).toMatchObject([{ name: 'odd' }]);
      const found = await json<{ files: { fullpath: string }[] }>(
        send('POST', '/db/search', { query: 'rating:4 tag:odd' }),
      );
      expect(found.files.map(({ fullpath }) => fullpath)).toEqual([file]);
    });

    test('are drawn, packed, copied, moved, renamed, deleted and restored like others', async () => {
      await json(send('POST', '/db/update_image_data', {}));
      await json(send('POST', '/db/rating', { img_paths: [file], rating: 4 }));
      const drawn = await get('/image-thumbnail', { path: file });
      expect([drawn.status, drawn.headers.get('content-type')]).toEqual([200, 'image/webp']);
      const zip = await send('POST', '/zip', { paths: [file] });
      expect(Buffer.from(await zip.arrayBuffer()).includes('f_chse.png')).toBe(true);

      const dest = at('copies');
      await json(send('POST', '/copy_files', { file_paths: [file], dest, create_dest_folder: true }));
      const copy = path.join(dest, path.basename(file));
      expect(await namesIn(dest)).toEqual([copy]);
      await json(send('POST', '/db/rename', { path: copy, name: 'fuchs.png' }));
      expect(await namesIn(dest)).toEqual([path.join(dest, 'fuchs.png')]);

      await json(send('POST', '/move_files', { file_paths: [file], dest: library }));
      const moved = path.join(library, path.basename(file));
      expect(readFileSync(bytesOf('f\xfcchse.png')).equals(image)).toBe(true);
      expect(await json(send('POST', '/db/marks', { paths: [moved] }))).toMatchObject({
        [moved]: { rating: 4 },
      });
      await json(send('POST', '/move_files', { file_paths: [moved], dest: folder }));

      await json(send('POST', '/delete_files', { file_paths: [file], trash: true }));
      const { items } = await json<{ items: { id: string; path: string }[] }>(get('/trash', {}));
      expect(items.map((item) => item.path)).toEqual([file]);
      await json(send('POST', '/trash/restore', { ids: items.map((item) => item.id) }));
      expect(await namesIn(folder)).toEqual([file]);

      await json(send('POST', '/db/rename', { path: folder, name: 'cafe' }));
      expect(await namesIn(at('cafe'))).toEqual([path.join(at('cafe'), path.basename(file))]);
      const back = await send('POST', '/db/rename', { path: at('cafe'), name: path.basename(folder) });
      expect([back.status, existsSync(bytesOf('caf\xe9'))]).toEqual([200, true]);
      await json(send('POST', '/delete_files', { file_paths: [path.join(dest, 'fuchs.png')] }));
      await json(send('POST', '/db/update_image_data', {}));
    });

    test('a link to outside of the library stays closed', async () => {
      expect(await search({ surstr: 'nobody may see this' })).toEqual([]);
      const response = await get('/file', { path: at('way-out.png') });
      expect(response.status).toBe(403);
    });
  });
});
