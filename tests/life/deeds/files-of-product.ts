import path from 'node:path';

import type { Life } from '../life.ts';
import type { Picture } from '../truth.ts';
import type { Deed } from './deed.ts';

const pathsOf = (pictures: readonly Picture[]) => pictures.map((picture) => picture.path);

async function renameFile(life: Life): Promise<boolean> {
  const [picture] = life.some(1);
  if (picture === undefined) return false;
  const name = `${life.newName('renamed')}.png`;
  picture.path = (await life.client.fileSystem.rename({ path: picture.path, name })).new_path;
  await life.expectFound([picture], 'a rename');
  return true;
}

async function renameFolder(life: Life): Promise<boolean> {
  const folder = subfolder(life);
  if (folder === undefined) return false;
  const pictures = life.truth.below(folder);
  const answer = await life.client.fileSystem.rename({ path: folder, name: life.newName('folder') });
  follow(pictures, folder, answer.new_path);
  await life.expectFound(pictures, 'a rename of a folder');
  return true;
}

async function move(life: Life): Promise<boolean> {
  const pictures = life.some(6);
  if (pictures.length === 0) return false;
  const dest = path.join(life.camera, life.draw.one(['chosen', 'later', 'shared']));
  const { files } = await life.client.fileSystem.move({
    file_paths: pathsOf(pictures.filter((picture) => path.dirname(picture.path) !== dest)),
    dest,
    create_dest_folder: true,
    on_conflict: 'rename',
  });
  const moved = new Map(files.map(({ from, to }) => [from, to]));
  for (const picture of pictures) picture.path = moved.get(picture.path) ?? picture.path;
  await life.expectFound(pictures, 'a move');
  return true;
}

async function copy(life: Life): Promise<boolean> {
  const pictures = life.some(3).filter(({ hasTwin }) => !hasTwin);
  if (pictures.length === 0) return false;
  const { files } = await life.client.fileSystem.copy({
    file_paths: pathsOf(pictures),
    dest: path.join(life.camera, 'copies'),
    create_dest_folder: true,
    on_conflict: 'rename',
  });
  for (const picture of pictures) picture.hasTwin = true;
  const copies = files.map(({ to }) => life.truth.add(to, { hasTwin: true }));
  await life.expectFound(copies, 'a copy');
  return true;
}

async function trash(life: Life): Promise<boolean> {
  const pictures = life.some(5);
  if (pictures.length === 0) return false;
  const { trashed } = await life.client.fileSystem.remove({ file_paths: pathsOf(pictures), trash: true });
  for (const item of trashed) {
    const inside = pictures.filter((picture) => picture.path === item.path);
    life.truth.trash.set(item.id, inside);
    for (const picture of inside) picture.where = 'trash';
  }
  return true;
}

async function trashFolder(life: Life): Promise<boolean> {
  const folder = subfolder(life);
  if (folder === undefined) return false;
  const pictures = life.truth.below(folder);
  const { trashed } = await life.client.fileSystem.remove({ file_paths: [folder], trash: true });
  for (const picture of pictures) picture.where = 'trash';
  for (const { id } of trashed) life.truth.trash.set(id, pictures);
  return true;
}

async function restore(life: Life): Promise<boolean> {
  const drawn = life.draw.some([...life.truth.trash.keys()], 4);
  // What lay in a folder that is away has nowhere to come back to.
  if (drawn.length === 0 || life.takenAway.size > 0 || life.removedExtraPaths.size > 0) return false;
  const { items } = await life.client.fileSystem.listTrash();
  const origins = new Map(items.map((item) => [item.id, item.path]));
  const { files } = await life.client.fileSystem.restore({ ids: drawn, on_conflict: 'rename' });
  for (const { id, path: back } of files) {
    const pictures = life.truth.trash.get(id) ?? [];
    life.truth.trash.delete(id);
    for (const picture of pictures) picture.where = 'here';
    follow(pictures, origins.get(id) ?? back, back);
    await life.expectFound(pictures, 'a restore');
  }
  return true;
}

async function emptyTrash(life: Life): Promise<boolean> {
  // A drive that is away has its trash with it.
  if (life.truth.trash.size === 0 || life.takenAway.size > 0 || life.removedExtraPaths.size > 0) return false;
  await life.client.fileSystem.emptyTrash({ ids: [...life.truth.trash.keys()] });
  for (const pictures of life.truth.trash.values()) {
    for (const picture of pictures) life.truth.pictures.delete(picture);
  }
  life.truth.trash.clear();
  return true;
}

async function remove(life: Life): Promise<boolean> {
  const pictures = life.some(2).filter(({ hasTwin }) => !hasTwin);
  if (pictures.length === 0) return false;
  await life.client.fileSystem.remove({ file_paths: pathsOf(pictures) });
  for (const picture of pictures) life.truth.pictures.delete(picture);
  return true;
}

/** A folder with a few pictures, which is no folder of the library itself. */
function subfolder(life: Life): string | undefined {
  const folders = new Map<string, number>();
  for (const picture of life.truth.here()) {
    const folder = path.dirname(picture.path);
    folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  const roots = new Set([life.camera, life.drive, life.archive]);
  const few = [...folders].filter(
    ([folder, count]) => count <= life.picturesPerDay * 3 && !roots.has(folder),
  );
  return few.length === 0 ? undefined : life.draw.one(few)[0];
}

function follow(pictures: readonly Picture[], from: string, to: string): void {
  for (const picture of pictures) picture.path = to + picture.path.slice(from.length);
}

export const productFileDeeds: Readonly<Record<string, Deed>> = {
  'rename a file': { every: 2, run: renameFile },
  'rename a folder': { every: 9, run: renameFolder },
  'move files': { every: 3, run: move },
  'copy files': { every: 4, run: copy },
  'put files into the trash': { every: 2, run: trash },
  'put a folder into the trash': { every: 15, run: trashFolder },
  'restore from the trash': { every: 3, run: restore },
  'empty the trash': { every: 40, run: emptyTrash },
  'delete for good': { every: 6, run: remove },
};
