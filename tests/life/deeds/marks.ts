import { drawText } from '../made-pictures.ts';
import type { OwnTag } from '../truth.ts';
import type { Life } from '../life.ts';
import type { Deed } from './deed.ts';

const pathsOf = (pictures: readonly { path: string }[]) => pictures.map(({ path }) => path);

async function rate(life: Life): Promise<boolean> {
  const pictures = life.some(8);
  if (pictures.length === 0) return false;
  const rating = life.draw.whole(0, 5);
  await life.client.marks.rate({ img_paths: pathsOf(pictures), rating });
  for (const picture of pictures) picture.rating = rating;
  return true;
}

async function note(life: Life): Promise<boolean> {
  for (const picture of life.some(3)) {
    const text = life.draw.chance(0.2)
      ? ''
      : `for the ${life.draw.one(['poster', 'cover', 'wall'])} ${life.today}`;
    await life.client.marks.note({ img_path: picture.path, note: text });
    picture.note = text;
  }
  return true;
}

async function tag(life: Life): Promise<boolean> {
  const pictures = life.some(10);
  if (life.truth.tags.size === 0 || pictures.length === 0) return false;
  const drawn = life.draw.one([...life.truth.tags]);
  const action = life.draw.chance(0.8) ? 'add' : 'remove';
  await life.client.tags.batchUpdate({ img_paths: pathsOf(pictures), tag_id: drawn.id, action });
  for (const { tags } of pictures) {
    if (action === 'add') tags.add(drawn);
    else tags.delete(drawn);
  }
  return true;
}

async function makeTag(life: Life): Promise<boolean> {
  const name = life.newName('mine');
  const { id } = await life.client.tags.add({ tag_name: name });
  life.truth.tags.add({ id, name });
  return true;
}

async function renameTag(life: Life): Promise<boolean> {
  const [drawn] = tagsInUse(life, 1);
  if (drawn === undefined) return false;
  const name = life.newName('renamed');
  await life.client.tags.update({ id: drawn.id, name });
  drawn.name = name;
  return true;
}

async function mergeTags(life: Life): Promise<boolean> {
  const [from, into] = tagsInUse(life, 2);
  if (from === undefined || into === undefined) return false;
  await life.client.tags.merge({ tag_id: from.id, into: into.id });
  life.truth.replaceTag(from, into);
  return true;
}

async function removeTag(life: Life): Promise<boolean> {
  const [drawn] = tagsInUse(life, 1);
  if (drawn === undefined || life.truth.tags.size < 4) return false;
  await life.client.tags.remove({ tag_id: drawn.id });
  life.truth.replaceTag(drawn, undefined);
  return true;
}

/** Those of pictures in the trash or away rather than others: that is where names are remembered. */
function tagsInUse(life: Life, count: number): OwnTag[] {
  const absent = [...life.truth.pictures]
    .filter(({ where }) => where !== 'here')
    .flatMap(({ tags }) => [...tags]);
  const first = absent.length > 0 && life.draw.chance(0.5) ? [life.draw.one(absent)] : [];
  const rest = [...life.truth.tags].filter((own) => !first.includes(own));
  return [...first, ...life.draw.some(rest, count - first.length)];
}

async function edit(life: Life): Promise<boolean> {
  for (const picture of life.some(3)) {
    const text = drawText(life.draw).replace(/^/, 'rewritten ');
    await life.client.imageMetadata.updateExif({ path: picture.path, exif: text });
    picture.edited = text;
  }
  return true;
}

export const markDeeds: Readonly<Record<string, Deed>> = {
  'rate images': { every: 1, run: rate },
  'write notes': { every: 2, run: note },
  'tag images': { every: 1, run: tag },
  'make a tag': { every: 4, run: makeTag },
  'rename a tag': { every: 8, run: renameTag },
  'merge tags': { every: 12, run: mergeTags },
  'delete a tag': { every: 14, run: removeTag },
  'edit prompts': { every: 2, run: edit },
};
