import { existsSync } from 'node:fs';
import { link, mkdir, readdir, readFile, readlink, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { Tag, TrashItem } from '@iib-kit/contract';
import { describe, expect, test } from 'vitest';

import { canLock, whileLocked } from '../helpers/locked-folder.ts';
import { infotext, makeImage } from '../helpers/make-image.ts';
import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';

const { service, folder, library, at } = await madeService();
const isLockable = await canLock(at('sub'));

interface Transferred {
  readonly files: { from: string; to: string }[];
  readonly errors: string[];
}

let seed = 1000;

overTransports(service, ({ transport, send, get, json }) => {
  /** A folder that only one test uses, with these files; images have a text of their own and are indexed and tagged. */
  const made = async (name: string, files: readonly string[]): Promise<(file?: string) => string> => {
    const root = at(`${transport} ${name}`);
    const inside = (file = '') => path.join(root, file);
    for (const file of files) {
      await mkdir(path.dirname(inside(file)), { recursive: true });
      if (/\.(?:png|jpg)$/.test(file)) await makeImage(inside(file), { text: infotext(file, seed++) });
      else await writeFile(inside(file), file);
    }
    await mkdir(root, { recursive: true });
    return inside;
  };
  const like = async (paths: readonly string[]) => {
    await service.library.update();
    await json(send('POST', '/db/batch_update_image_tag', { img_paths: paths, action: 'add', tag_id: 1 }));
  };
  const liked = async (paths: readonly string[]) =>
    Object.keys(await json<Record<string, Tag[]>>(send('POST', '/db/get_image_tags', { paths })));
  const indexed = async (inFolder: string) => {
    const page = await json<{ files: { fullpath: string }[] }>(
      send('POST', '/db/search_by_substr', { surstr: '', folder_paths: [inFolder] }),
    );
    return page.files.map((file) => path.relative(inFolder, file.fullpath)).sort();
  };
  const names = async (inFolder: string) => (await readdir(inFolder)).sort();
  const refusal = async (answer: Promise<Response>) => {
    const response = await answer;
    const { detail } = (await response.json()) as { detail: unknown };
    return [response.status, detail];
  };
  const copy = (paths: readonly string[], dest: string, more: object = {}) =>
    send('POST', '/copy_files', { file_paths: paths, dest, ...more });
  const move = (paths: readonly string[], dest: string, more: object = {}) =>
    send('POST', '/move_files', { file_paths: paths, dest, ...more });
  const remove = (paths: readonly string[], more: object = {}) =>
    send('POST', '/delete_files', { file_paths: paths, ...more });
  const rename = (source: string, name: unknown, more: object = {}) =>
    send('POST', '/db/rename', { path: source, name, ...more });

  describe('/copy_files', () => {
    test('copies files with their time; a copy is a new image without the tags', async () => {
      const inside = await made('copy', ['a.png', 'a.txt', 'to/other.txt']);
      await utimes(inside('a.png'), 1_700_000_000, 1_700_000_000);
      await like([inside('a.png')]);
      expect(await json(copy([inside('a.png')], inside('to')))).toEqual({
        files: [{ from: inside('a.png'), to: inside('to/a.png') }],
        errors: [],
      });
      expect(await readFile(inside('to/a.png'))).toEqual(await readFile(inside('a.png')));
      expect((await stat(inside('to/a.png'))).mtimeMs).toBe(1_700_000_000_000);
      expect(await names(inside('to'))).toEqual(['a.png', 'a.txt', 'other.txt']);
      await service.library.update();
      expect(await liked([inside('a.png'), inside('to/a.png')])).toEqual([inside('a.png')]);
      expect(await indexed(inside())).toEqual(['a.png', 'to/a.png']);
    });

    test('copy into a missing folder makes no file of that name', async () => {
      const inside = await made('copy missing', ['a.png', 'b.png']);
      expect(await refusal(copy([inside('a.png'), inside('b.png')], inside('nowhere')))).toEqual([
        404,
        `${JSON.stringify(inside('nowhere'))} is not there`,
      ]);
      expect(existsSync(inside('nowhere'))).toBe(false);
      await json(copy([inside('a.png')], inside('new/er'), { create_dest_folder: true }));
      expect(await names(inside('new/er'))).toEqual(['a.png']);
      expect((await copy([inside('a.png')], inside('b.png'))).status).toBe(400);
      expect((await copy([inside('a.png')], inside('b.png'), { create_dest_folder: true })).status).toBe(409);
    });

    test('nothing is overwritten silently: a name that is taken is 409, and nothing was done', async () => {
      const inside = await made('copy clash', ['a.png', 'b.txt', 'to/b.txt']);
      await writeFile(inside('to/b.txt'), 'mine');
      expect(await refusal(copy([inside('a.png'), inside('b.txt')], inside('to')))).toEqual([
        409,
        `${JSON.stringify(inside('to/b.txt'))} is there already`,
      ]);
      expect(await names(inside('to'))).toEqual(['b.txt']);
      expect(await readFile(inside('to/b.txt'), 'utf8')).toBe('mine');
    });

    test('with continue_on_error the rest is done and what failed is named', async () => {
      const inside = await made('copy go on', ['a.png', 'b.txt', 'to/b.txt']);
      const outcome = await json<Transferred>(
        copy([inside('b.txt'), inside('missing.png'), inside('a.png')], inside('to'), {
          continue_on_error: true,
        }),
      );
      expect(outcome).toEqual({
        files: [{ from: inside('a.png'), to: inside('to/a.png') }],
        errors: [
          `${JSON.stringify(inside('to/b.txt'))} is there already`,
          `${JSON.stringify(inside('missing.png'))} is not there`,
        ],
      });
    });

    test('with on_conflict rename it takes the next free name, sidecar and all', async () => {
      const inside = await made('copy rename', ['a.png', 'a.txt', 'x/a.png']);
      const again = { on_conflict: 'rename' };
      await json(copy([inside('a.png')], inside(), again));
      await json(copy([inside('a.png'), inside('x/a.png')], inside(), again));
      expect(await names(inside())).toEqual([
        'a.png',
        'a.txt',
        'a_1.png',
        'a_1.txt',
        'a_2.png',
        'a_2.txt',
        'a_3.png',
        'x',
      ]);
      expect(await readFile(inside('a_3.png'))).toEqual(await readFile(inside('x/a.png')));
      expect(await readFile(inside('a_2.txt'), 'utf8')).toBe('a.txt');
    });

    test('folders are refused, and what is not there is 404', async () => {
      const inside = await made('copy folder', ['in/a.png', 'to/x.txt']);
      expect((await copy([inside('in')], inside('to'))).status).toBe(400);
      expect((await copy([inside('in/missing.png')], inside('to'))).status).toBe(404);
    });

    test('the copy of a link is a file', async () => {
      const inside = await made('copy link', ['a.png', 'to/x.txt']);
      await symlink('a.png', inside('link.png'));
      await json(copy([inside('link.png')], inside('to')));
      expect((await stat(inside('to/link.png'))).isFile()).toBe(true);
      expect(await readFile(inside('to/link.png'))).toEqual(await readFile(inside('a.png')));
    });
  });

  describe('/move_files', () => {
    test('moves files, and their tags go along', async () => {
      const inside = await made('move', ['a.png', 'a.txt', 'b.png', 'to/other.png']);
      await like([inside('a.png')]);
      expect(await json(move([inside('a.png'), inside('b.png')], inside('to')))).toEqual({
        files: [
          { from: inside('a.png'), to: inside('to/a.png') },
          { from: inside('b.png'), to: inside('to/b.png') },
        ],
        errors: [],
      });
      expect(await names(inside())).toEqual(['to']);
      expect(await names(inside('to'))).toEqual(['a.png', 'a.txt', 'b.png', 'other.png']);
      expect(await liked([inside('to/a.png'), inside('to/b.png')])).toEqual([inside('to/a.png')]);
      expect(await indexed(inside())).toEqual(['to/a.png', 'to/b.png', 'to/other.png']);
      await service.library.update();
      expect(await liked([inside('to/a.png'), inside('to/b.png')])).toEqual([inside('to/a.png')]);
    });

    test('tags are kept when a folder is moved', async () => {
      const inside = await made('move folder', ['in/deep/a.png', 'in/b.png', 'to/x.txt']);
      await like([inside('in/deep/a.png')]);
      await json(move([inside('in')], inside('to')));
      expect(await liked([inside('to/in/deep/a.png')])).toEqual([inside('to/in/deep/a.png')]);
      expect(await indexed(inside())).toEqual(['to/in/b.png', 'to/in/deep/a.png']);
      await service.library.update();
      expect(await liked([inside('to/in/deep/a.png')])).toEqual([inside('to/in/deep/a.png')]);
    });

    test('a folder cannot go into itself, by no name', async () => {
      const inside = await made('move into itself', ['in/deep/a.png']);
      await symlink(inside('in'), inside('alias'));
      for (const dest of ['in', 'in/deep', 'alias/deep']) {
        expect(await refusal(move([inside('in')], inside(dest)))).toEqual([
          400,
          `${JSON.stringify(inside('in'))} cannot go into itself`,
        ]);
      }
      expect(await names(inside('in/deep'))).toEqual(['a.png']);
    });

    test('a clash loses nothing, of files and of folders', async () => {
      const inside = await made('move clash', ['a.txt', 'in/a.png', 'to/a.txt', 'to/in/b.png']);
      expect((await move([inside('a.txt')], inside('to'))).status).toBe(409);
      expect((await move([inside('in')], inside('to'))).status).toBe(409);
      expect([await names(inside('in')), await names(inside('to/in'))]).toEqual([['a.png'], ['b.png']]);
      await json(move([inside('in')], inside('to'), { on_conflict: 'rename' }));
      expect(await names(inside('to'))).toEqual(['a.txt', 'in', 'in_1']);
    });

    test('two files of one name clash in one request too', async () => {
      const inside = await made('move same', ['x/a.png', 'y/a.png', 'to/x.txt']);
      expect((await move([inside('x/a.png'), inside('y/a.png')], inside('to'))).status).toBe(409);
      expect(await names(inside('to'))).toEqual(['x.txt']);
    });

    test('a file and the folder that holds it can be moved together', async () => {
      const inside = await made('move nested', ['in/a.png', 'in/b.png', 'to/x.txt']);
      await json(move([inside('in'), inside('in/a.png')], inside('to')));
      expect([await names(inside('to')), await names(inside('to/in'))]).toEqual([
        ['a.png', 'in', 'x.txt'],
        ['b.png'],
      ]);
    });

    test('into the folder where it is, it clashes with itself, or stays', async () => {
      const inside = await made('move nowhere', ['a.png']);
      expect((await move([inside('a.png')], inside())).status).toBe(409);
      expect(await json(move([inside('a.png')], inside(), { on_conflict: 'rename' }))).toEqual({
        files: [],
        errors: [],
      });
      expect(await names(inside())).toEqual(['a.png']);
    });

    test('links are moved as links; relative ones stay where they are', async () => {
      const inside = await made('move link', ['a.png', 'to/x.txt']);
      await symlink(inside('a.png'), inside('absolute.png'));
      await symlink('a.png', inside('relative.png'));
      await json(move([inside('absolute.png')], inside('to')));
      expect(await readlink(inside('to/absolute.png'))).toBe(inside('a.png'));
      expect((await move([inside('relative.png')], inside('to'))).status).toBe(400);
      expect(await names(inside())).toEqual(['a.png', 'relative.png', 'to']);
    });

    test('folders of the library stay where they are', async () => {
      const inside = await made('move library', ['to/x.txt']);
      expect((await move([library], inside('to'))).status).toBe(400);
      expect((await move([`${library}/`], inside('to'))).status).toBe(400);
      expect((await rename(library, 'other')).status).toBe(400);
      expect((await remove([library], { trash: true })).status).toBe(400);
    });
  });

  describe('sidecars', () => {
    test('deleting s.png keeps the s.txt that belongs to s.jpg', async () => {
      const inside = await made('sidecar shared', ['s.png', 's.jpg', 's.txt', 's.png.txt']);
      await json(remove([inside('s.png')]));
      expect(await names(inside())).toEqual(['s.jpg', 's.txt']);
      await json(remove([inside('s.jpg')]));
      expect(await names(inside())).toEqual([]);
    });

    test('a shared sidecar goes along when all that share it go', async () => {
      const inside = await made('sidecar all', ['s.png', 's.jpg', 's.txt', 'to/x.txt']);
      await json(move([inside('s.png'), inside('s.jpg')], inside('to')));
      expect([await names(inside()), await names(inside('to'))]).toEqual([
        ['to'],
        ['s.jpg', 's.png', 's.txt', 'x.txt'],
      ]);
    });

    test('each kind of sidecar follows its image, and other files do not', async () => {
      const inside = await made('sidecar kinds', [
        's.png',
        's.TXT',
        's.json',
        's.xmp',
        's.md',
        's_2.txt',
        'to/x.txt',
      ]);
      await json(move([inside('s.png')], inside('to')));
      expect(await names(inside('to'))).toEqual(['s.TXT', 's.json', 's.png', 's.xmp', 'x.txt']);
      await json(rename(inside('to/s.png'), 'renamed.png'));
      expect(await names(inside('to'))).toEqual([
        'renamed.TXT',
        'renamed.json',
        'renamed.png',
        'renamed.xmp',
        'x.txt',
      ]);
      expect(await readFile(inside('to/renamed.json'), 'utf8')).toBe('s.json');
    });

    test('one that is asked for by itself is taken once', async () => {
      const inside = await made('sidecar asked', ['s.png', 's.txt', 'to/x.txt']);
      const { files } = await json<Transferred>(move([inside('s.txt'), inside('s.png')], inside('to')));
      expect(files.map(({ to }) => path.basename(to))).toEqual(['s.txt', 's.png']);
    });

    test('a sidecar whose name is taken stops its image', async () => {
      const inside = await made('sidecar clash', ['s.png', 's.txt', 'to/s.txt']);
      expect(await refusal(move([inside('s.png')], inside('to')))).toEqual([
        409,
        `${JSON.stringify(inside('to/s.txt'))} is there already`,
      ]);
      expect(await names(inside())).toEqual(['s.png', 's.txt', 'to']);
    });
  });

  describe('/db/rename', () => {
    test('renames a file and keeps its tags', async () => {
      const inside = await made('rename', ['a.png', 'a.txt']);
      await like([inside('a.png')]);
      expect(await json(rename(inside('a.png'), '猫 & fox.png'))).toEqual({
        detail: 'File renamed successfully',
        new_path: inside('猫 & fox.png'),
      });
      expect(await names(inside())).toEqual(['猫 & fox.png', '猫 & fox.txt']);
      expect(await liked([inside('猫 & fox.png')])).toEqual([inside('猫 & fox.png')]);
    });

    test('tags are kept when a folder is renamed', async () => {
      const inside = await made('rename folder', ['in/a.png', 'in-other/b.png']);
      await like([inside('in/a.png'), inside('in-other/b.png')]);
      await json(rename(inside('in'), 'out'));
      await service.library.update();
      const both = [inside('out/a.png'), inside('in-other/b.png')];
      expect((await liked(both)).sort()).toEqual([...both].sort());
      expect(await indexed(inside())).toEqual(['in-other/b.png', 'out/a.png']);
    });

    test('tags are kept when a rename fails', async () => {
      const inside = await made('rename fails', ['a.png', 'b.png']);
      await like([inside('a.png'), inside('b.png')]);
      expect(await refusal(rename(inside('a.png'), 'b.png'))).toEqual([
        409,
        `${JSON.stringify(inside('b.png'))} is there already`,
      ]);
      expect((await liked([inside('a.png'), inside('b.png')])).length).toBe(2);
      expect(await json(rename(inside('a.png'), 'b.png', { on_conflict: 'rename' }))).toMatchObject({
        new_path: inside('b_1.png'),
      });
    });

    test.each([
      '../climbs.png',
      '/tmp/absolute.png',
      'sub/inside.png',
      'back\\slash.png',
      '..',
      '.',
      '',
      '  ',
      'nul\0.png',
      'line\n.png',
      '.iib-trash',
      '\ud800.png',
      'x'.repeat(252) + '.png',
      'é'.repeat(126) + '.png',
    ])('the name %j is refused', async (name) => {
      const inside = at(`${transport} rename`);
      const [file = ''] = await names(inside);
      const [status, detail] = await refusal(rename(path.join(inside, file), name));
      expect([status, typeof detail]).toEqual([400, 'string']);
      expect((await names(inside))[0]).toBe(file);
    });

    test('to its own name nothing happens; what is not there is 404', async () => {
      const inside = await made('rename same', ['a.png']);
      expect(await json(rename(inside('a.png'), 'a.png'))).toMatchObject({ new_path: inside('a.png') });
      expect((await rename(inside('b.png'), 'c.png')).status).toBe(404);
      expect((await rename(inside('a.png'), 5)).status).toBe(422);
    });
  });

  describe('/delete_files', () => {
    test('deletes files and empty folders for good, and the index forgets them', async () => {
      const inside = await made('delete', ['a.png', 'a.txt', 'b.png', 'in/c.png']);
      await like([inside('a.png')]);
      expect(await json(remove([inside('a.png')]))).toEqual({ ok: true, trashed: [] });
      expect(await names(inside())).toEqual(['b.png', 'in']);
      expect(await indexed(inside())).toEqual(['b.png', 'in/c.png']);
      await json(remove([inside('in'), inside('in/c.png')]));
      expect(await names(inside())).toEqual(['b.png']);
    });

    test('a folder that is not empty and a file that is missing are refused before anything is done', async () => {
      const inside = await made('delete refused', ['a.png', 'in/b.png', 'in/c.png']);
      expect(await refusal(remove([inside('a.png'), inside('in')]))).toEqual([
        400,
        `${JSON.stringify(inside('in'))} is a folder that is not empty`,
      ]);
      expect((await remove([inside('a.png'), inside('in'), inside('in/b.png')])).status).toBe(400);
      expect((await remove([inside('a.png'), inside('missing.png')])).status).toBe(404);
      expect(await names(inside())).toEqual(['a.png', 'in']);
      expect(await names(inside('in'))).toEqual(['b.png', 'c.png']);
    });

    test('a link is deleted, not what it leads to', async () => {
      const inside = await made('delete link', ['in/a.png']);
      await symlink(inside('in'), inside('link'));
      await json(remove([inside('link')]));
      expect([await names(inside()), await names(inside('in'))]).toEqual([['in'], ['a.png']]);
    });

    test('a file with two names loses one', async () => {
      const inside = await made('delete name', ['a.png']);
      await link(inside('a.png'), inside('b.png'));
      await json(remove([inside('a.png')]));
      expect(await names(inside())).toEqual(['b.png']);
    });
  });

  describe('the trash', () => {
    const trash = async (paths: readonly string[]) =>
      (await json<{ trashed: TrashItem[] }>(remove(paths, { trash: true }))).trashed;
    const inTrash = async () => (await json<{ items: TrashItem[] }>(get('/trash'))).items;

    test('what was deleted comes back with its tags', async () => {
      const inside = await made('trash', ['a.png', 'a.txt', 'b.png']);
      await like([inside('a.png')]);
      const [item] = await trash([inside('a.png')]);
      expect(item).toEqual({
        id: expect.stringMatching(/^\d{8}T\d{9}Z-[0-9a-f]{16}-0$/),
        type: 'file',
        name: 'a.png',
        path: inside('a.png'),
        bytes: item?.bytes,
        deleted_time: expect.closeTo(Date.now() / 1000, -2),
        expires_time: null,
      });
      expect(await names(inside())).toEqual(['b.png']);
      expect(await indexed(inside())).toEqual(['b.png']);
      expect((await inTrash())[0]).toEqual(item);
      expect(await json(send('POST', '/trash/restore', { ids: [item?.id] }))).toEqual({
        files: [{ id: item?.id, path: inside('a.png') }],
        errors: [],
      });
      expect(await names(inside())).toEqual(['a.png', 'a.txt', 'b.png']);
      expect((await inTrash()).map(({ id }) => id)).not.toContain(item?.id);
      await service.library.update();
      expect(await liked([inside('a.png')])).toEqual([inside('a.png')]);
    });

    test('a folder comes back with all in it, into a parent that is gone meanwhile', async () => {
      const inside = await made('trash folder', ['up/in/deep/a.png', 'up/in/b.txt']);
      await like([inside('up/in/deep/a.png')]);
      const [item] = await trash([inside('up/in')]);
      expect(item).toMatchObject({ type: 'dir', bytes: 0, path: inside('up/in') });
      await json(remove([inside('up')]));
      await json(send('POST', '/trash/restore', { ids: [item?.id] }));
      expect(await names(inside('up/in'))).toEqual(['b.txt', 'deep']);
      await service.library.update();
      expect(await liked([inside('up/in/deep/a.png')])).toEqual([inside('up/in/deep/a.png')]);
    });

    test('a taken name is 409, or numbered; an unknown id is 404', async () => {
      const inside = await made('trash clash', ['a.txt']);
      const [first] = await trash([inside('a.txt')]);
      await writeFile(inside('a.txt'), 'new');
      expect((await send('POST', '/trash/restore', { ids: [first?.id] })).status).toBe(409);
      const restored = await json<{ files: { path: string }[] }>(
        send('POST', '/trash/restore', { ids: [first?.id], on_conflict: 'rename' }),
      );
      expect(restored.files[0]?.path).toBe(inside('a_1.txt'));
      expect([await readFile(inside('a.txt'), 'utf8'), await readFile(inside('a_1.txt'), 'utf8')]).toEqual([
        'new',
        'a.txt',
      ]);
      for (const id of [first?.id, '../../x', '', '20260101T000000000Z-0123456789abcdef-0']) {
        expect((await send('POST', '/trash/restore', { ids: [id] })).status).toBe(404);
      }
    });

    test('is emptied in part, then altogether', async () => {
      const inside = await made('trash empty', ['a.txt', 'b.txt', 'in/c.txt']);
      const items = await trash([inside('a.txt'), inside('b.txt'), inside('in')]);
      expect(items.map((item) => item.name)).toEqual(['a.txt', 'b.txt', 'in']);
      expect(await json(send('POST', '/trash/empty', { ids: [items[0]?.id] }))).toEqual({ deleted: 1 });
      expect((await send('POST', '/trash/empty', { ids: [items[0]?.id] })).status).toBe(404);
      const left = await inTrash();
      expect(left.map(({ name }) => name)).toEqual(expect.arrayContaining(['b.txt', 'in']));
      expect(await json(send('POST', '/trash/empty'))).toEqual({ deleted: left.length });
      expect(await inTrash()).toEqual([]);
      expect(await readdir(path.join(library, '.iib-trash'))).toEqual([]);
    });

    test('is out of reach of the other operations', async () => {
      const inside = await made('trash reach', ['a.txt']);
      const trashFolder = path.join(library, '.iib-trash');
      for (const answer of [
        move([trashFolder], inside()),
        copy([inside('a.txt')], trashFolder),
        remove([path.join(trashFolder, 'x')]),
        send('POST', '/mkdirs', { dest_folder: path.join(trashFolder, 'x') }),
        rename(inside('a.txt'), '.iib-trash'),
      ]) {
        expect((await answer).status).toBe(400);
      }
    });
  });

  describe('/flatten_folder', () => {
    const flatten = (folderPath: string, more: object = {}) =>
      send('POST', '/flatten_folder', { folder_path: folderPath, ...more });

    test('tells by default what it would do, and does nothing', async () => {
      const inside = await made('flatten dry', ['a.png', 'in/a.png', 'in/deep/b.png']);
      expect(await json(flatten(inside()))).toEqual({
        success: true,
        total_files: 2,
        conflicts: ['a.png'],
        moved_files: 0,
        errors: [],
      });
      expect(await names(inside('in'))).toEqual(['a.png', 'deep']);
    });

    test('moves all files up, with their tags, and removes the emptied folders', async () => {
      const inside = await made('flatten', [
        'a.png',
        'in/b.png',
        'in/b.txt',
        'in/deep/c.png',
        '.hidden/d.png',
      ]);
      await like([inside('in/deep/c.png')]);
      expect(await json(flatten(inside(), { dry_run: false }))).toMatchObject({
        total_files: 3,
        moved_files: 3,
      });
      expect(await names(inside())).toEqual(['.hidden', 'a.png', 'b.png', 'b.txt', 'c.png']);
      expect(await liked([inside('c.png')])).toEqual([inside('c.png')]);
      await service.library.update();
      expect(await indexed(inside())).toEqual(['a.png', 'b.png', 'c.png']);
    });

    test('names that clash are 409 before anything is moved, or numbered with their sidecars', async () => {
      const inside = await made('flatten clash', ['a.png', 'x/a.png', 'x/a.txt', 'y/a.png', 'y/b.png']);
      expect(await refusal(flatten(inside(), { dry_run: false }))).toEqual([409, 'names clash: "a.png"']);
      expect(await names(inside())).toEqual(['a.png', 'x', 'y']);
      await json(flatten(inside(), { dry_run: false, on_conflict: 'rename' }));
      expect(await names(inside())).toEqual(['a.png', 'a_1.png', 'a_1.txt', 'a_2.png', 'b.png']);
    });

    test('a file and a folder that is not there are refused', async () => {
      const inside = await made('flatten wrong', ['a.png']);
      expect((await flatten(inside('a.png'))).status).toBe(400);
      expect((await flatten(inside('missing'))).status).toBe(404);
    });
  });

  describe('nothing leaves the library', () => {
    test('destinations are checked like sources, links resolved', async () => {
      const inside = await made('outside', ['a.png', 'in/b.png']);
      await symlink(path.join(folder, 'private'), inside('way-out'));
      const secret = path.join(folder, 'private/secret.png');
      const outside = [
        path.join(folder, 'private'),
        inside('way-out'),
        `${library}-evil`,
        inside('../../private'),
      ];
      for (const dest of outside) {
        expect((await copy([inside('a.png')], dest, { create_dest_folder: true })).status).toBe(403);
        expect((await move([inside('a.png')], dest, { create_dest_folder: true })).status).toBe(403);
        expect((await send('POST', '/flatten_folder', { folder_path: dest })).status).toBe(403);
      }
      for (const source of [secret, inside('way-out/secret.png')]) {
        expect((await copy([source], inside())).status).toBe(403);
        expect((await move([source], inside())).status).toBe(403);
        expect((await remove([source])).status).toBe(403);
        expect((await remove([source], { trash: true })).status).toBe(403);
        expect((await rename(source, 'x.png')).status).toBe(403);
        expect((await send('POST', '/zip', { paths: [source] })).status).toBe(403);
      }
      // A link to what callers may not see is not theirs to copy, move or delete either.
      expect((await remove([inside('way-out')])).status).toBe(403);
      expect(await readdir(path.join(folder, 'private'))).toEqual(['secret.png']);
      expect(existsSync(`${library}-evil`)).toBe(false);
    });

    test('a link outside that leads into the library is not changed', async () => {
      const way = path.join(folder, `way in ${transport}.png`);
      await symlink(at('fox.png'), way);
      expect((await remove([way])).status).toBe(403);
      expect((await rename(way, 'x.png')).status).toBe(403);
      expect(existsSync(way)).toBe(true);
    });
  });

  test.runIf(isLockable)('a folder that nothing may be changed in is 403, and loses nothing', async () => {
    const inside = await made('locked', ['locked/a.png', 'locked/a.txt', 'b.png', 'to/x.txt']);
    await like([inside('locked/a.png')]);
    await whileLocked(inside('locked'), async () => {
      for (const attempt of [
        () => move([inside('locked/a.png')], inside('to')),
        () => move([inside('b.png')], inside('locked')),
        () => copy([inside('b.png')], inside('locked')),
        () => rename(inside('locked/a.png'), 'c.png'),
        () => remove([inside('locked/a.png')]),
        () => remove([inside('locked/a.png')], { trash: true }),
        () => send('POST', '/flatten_folder', { folder_path: inside(), dry_run: false }),
        () => send('POST', '/mkdirs', { dest_folder: inside('locked/new') }),
      ]) {
        const response = await attempt();
        expect([attempt.toString(), response.status]).toEqual([attempt.toString(), 403]);
      }
    });
    expect([await names(inside()), await names(inside('locked')), await names(inside('to'))]).toEqual([
      ['b.png', 'locked', 'to'],
      ['a.png', 'a.txt'],
      ['x.txt'],
    ]);
    expect(await liked([inside('locked/a.png')])).toEqual([inside('locked/a.png')]);
    expect(await readdir(path.join(folder, 'iib.db-files/journal'))).toEqual([]);
  });

  test('operations on the same files at once end with each file in one place', async () => {
    const numbers = Array.from({ length: 8 }, (_, number) => number);
    const inside = await made('at once', ['x/a.txt', ...numbers.map((number) => `${number}.png`), 'y/a.txt']);
    const sources = numbers.map((number) => inside(`${number}.png`));
    const answers = await Promise.all(
      ['x', 'y', 'x', 'y'].map((dest) => move(sources, inside(dest), { continue_on_error: true })),
    );
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    const moved = await Promise.all(
      answers.map(async (answer) => ((await answer.json()) as Transferred).files),
    );
    expect(moved.map((files) => files.length).sort((a, b) => a - b)).toEqual([0, 0, 0, 8]);
    const all = [...(await names(inside('x'))), ...(await names(inside('y')))];
    expect(all.filter((name) => name.endsWith('.png')).sort()).toEqual(
      numbers.map((number) => `${number}.png`),
    );
  });
});
