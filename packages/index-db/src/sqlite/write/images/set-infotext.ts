import { extractTags, parseInfotext } from '@iib-kit/metadata';
import { IndexError } from '@iib-kit/catalog';
import type { TagName } from '@iib-kit/catalog/scan';
import type { WriterStore } from '../writer-store.ts';

interface EditedRow {
  readonly id: number;
  readonly media: number | null;
  readonly width: number | null;
  readonly height: number | null;
}

const mediaNames = ['Image', 'Video', 'Audio'];

function tagsOfText(text: string, { media, width, height }: EditedRow): TagName[] {
  const described = parseInfotext(text);
  const fromText = extractTags({
    container: undefined,
    width: width ?? undefined,
    height: height ?? undefined,
    generator: described?.generator,
    generation: described?.generation,
  });
  return [...fromText, { type: 'Media Type', name: mediaNames[media ?? 0] ?? 'Image' }];
}

/** Stores a text that the owner wrote, with the tags that follow from it. Throws `not-indexed`. */
export function setInfotext(store: WriterStore, path: string, text: string): void {
  const find = store.db.prepare<[string], EditedRow>(
    'SELECT i.id, m.media, m.width, m.height FROM image i LEFT JOIN media_info m ON m.image_id = i.id WHERE i.path = ?',
  );
  store.transaction(() => {
    const row = find.get(path);
    if (row === undefined)
      throw new IndexError('not-indexed', `Not in the index: ${path}`, { details: { paths: [path] } });
    const tagIds = tagsOfText(text, row).map((tag) => store.names.tag(tag));
    store.images.rewriteText(row.id, text, tagIds);
  });
}
