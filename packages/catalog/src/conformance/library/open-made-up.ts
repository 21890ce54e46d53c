import type { ImageIndex } from '../../roles/image-index.ts';
import { recordDescriber, type TemporaryLibrary } from './temporary-library.ts';
import type { Picture } from '../expected/picture.ts';
import { folderNames, madeUpMedium, type MadeUpPicture, madeUpPictures } from './made-up-pictures.ts';
import { setTime, writeRecord } from './write-record.ts';

// Any would do.
const seed = 4;

/** A library of made-up pictures, the index over it, and what the index has to know. */
export interface MadeUpLibrary {
  readonly library: TemporaryLibrary;
  readonly index: ImageIndex;
  readonly pictures: readonly Picture[];
  /** Every tag, by id, and the ids of the tags of each picture. */
  readonly tagIds: readonly number[];
  readonly tagIdsOf: (picture: Picture) => ReadonlySet<number>;
  /** Folders of pictures, some that hold others, and some that hold none. */
  readonly folders: readonly string[];
}

function write(library: TemporaryLibrary, { name, bytes, time, text, ...rest }: MadeUpPicture): void {
  const { rating: _, note: __, custom: ___, ...record } = rest;
  writeRecord(library.at(name), { ...record, infotext: text }, { bytes, time });
}

async function mark(
  index: ImageIndex,
  library: TemporaryLibrary,
  all: readonly MadeUpPicture[],
): Promise<void> {
  for (const tag of new Set(all.flatMap(({ custom }) => custom))) {
    const paths = all.filter(({ custom }) => custom.includes(tag)).map(({ name }) => library.at(name));
    await index.setTag(paths, (await index.createTag(tag)).id, 'add');
  }
  for (const rating of [1, 2, 3, 4, 5]) {
    const paths = all.filter((picture) => picture.rating === rating).map(({ name }) => library.at(name));
    if (paths.length > 0) await index.setRating(paths, rating);
  }
  for (const { name, note } of all) if (note !== '') await index.setNote(library.at(name), note);
}

/** As the index has to know it; its id is the index's own. */
function pictureOf(
  library: TemporaryLibrary,
  ids: ReadonlyMap<string, number>,
  made: MadeUpPicture,
): Picture {
  const { name, time, custom, ...rest } = made;
  const path = library.at(name);
  return {
    ...rest,
    id: ids.get(path) ?? -1,
    path,
    modifiedTime: time,
    mediaType: madeUpMedium(name),
    tags: [...made.tags, ...custom.map((tag) => ({ type: 'custom', name: tag }))],
  };
}

/**
 * Opens a library of made-up pictures. They come in two updates, some get another time in a third, so that neither ids
 * nor the order of writing are that of any search.
 */
export async function openMadeUp(library: TemporaryLibrary): Promise<MadeUpLibrary> {
  const all = madeUpPictures(seed);
  const index = await library.open({ describer: recordDescriber });
  const half = Math.ceil(all.length / 2);
  for (const part of [all.slice(half), all.slice(0, half)]) {
    for (const [at, picture] of part.entries())
      write(library, { ...picture, ...(at % 7 === 0 && { time: 1_500_000_000 }) });
    await index.update([library.root]);
  }
  for (const { name, time } of all) setTime(library.at(name), time);
  await index.update([library.root]);
  await mark(index, library, all);

  const paths = all.map(({ name }) => library.at(name));
  const known = await index.images(paths);
  const ids = new Map(Array.from(known, ([path, { id }]) => [path, id]));
  const pictures = all.map((picture) => pictureOf(library, ids, picture));
  const { tags } = await index.basicInfo();
  const idOf = new Map(tags.map(({ type, name, id }) => [`${type} ${name}`, id]));
  const idsOf = new Map(
    pictures.map((picture) => [
      picture,
      new Set(picture.tags.map(({ type, name }) => idOf.get(`${type} ${name}`) ?? -1)),
    ]),
  );
  return {
    library,
    index,
    pictures,
    tagIds: tags.map(({ id }) => id),
    tagIdsOf: (picture) => idsOf.get(picture) ?? new Set(),
    folders: [
      library.root,
      ...folderNames.map(library.at),
      library.at('猫'),
      library.at('b'),
      `${library.at('a')}/`,
    ],
  };
}
