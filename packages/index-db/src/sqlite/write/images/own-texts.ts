import { extractTags, parseInfotext } from '@iib-kit/metadata';
import type { ScannedFile, TagName } from '@iib-kit/catalog/scan';
import type { Sqlite } from '../../connection/sqlite.ts';
import type { NameIds } from '../../tables/name-ids.ts';
import type { SearchDocument } from '../../tables/search-documents.ts';
import type { TagCounts } from '../../tables/tag-counts.ts';
import { createImageTags } from './image-tags.ts';
import { prepareSaveNumbers, type SearchedNumbers } from './searched-numbers.ts';

/** What of an image does not follow from its text. */
interface Medium {
  readonly media: number | null;
  readonly width: number | null | undefined;
  readonly height: number | null | undefined;
}

const mediaNames = ['Image', 'Video', 'Audio'];

/** What follows from a text that the user wrote, as what the reader finds follows from that of a file. */
function describeOwnText(
  text: string,
  { media, width, height }: Medium,
): SearchedNumbers & { readonly tags: readonly TagName[] } {
  // A text without settings is a prompt alone.
  const { generator, generation } = parseInfotext(text) ?? {
    generator: undefined,
    generation: { prompt: text },
  };
  const fromText = extractTags({
    container: undefined,
    width: width ?? undefined,
    height: height ?? undefined,
    generator,
    generation,
  });
  return {
    tags: [...fromText, { type: 'Media Type', name: mediaNames[media ?? 0] ?? 'Image' }],
    seed: generation.seed,
    steps: generation.steps,
    cfgScale: generation.cfgScale,
    generator,
  };
}

export interface OwnTextsParts {
  readonly db: Sqlite;
  readonly names: NameIds;
  readonly counts: TagCounts;
}

/** What is searched of an image because of its text. */
export interface CountingText {
  readonly source: SearchDocument['source'];
  readonly numbers: SearchedNumbers;
  /** Ids of automatic tags. */
  readonly automatic: readonly number[];
}

/** Texts that users wrote for images: all that is searched of an image follows from them, and no longer from its file. */
export function createOwnTexts({ db, names, counts }: OwnTextsParts) {
  const tags = createImageTags(db, counts);
  const saveNumbers = prepareSaveNumbers(db);
  const mediumOf = db.prepare<[number], Medium>(
    'SELECT media, width, height FROM media_info WHERE image_id = ?',
  );
  const idsOf = (named: readonly TagName[]): number[] => [...new Set(named.map((tag) => names.tag(tag)))];

  return {
    /** The text that counts, with all that follows from it: that of the user where there is one, else that of the file. */
    counting(
      file: ScannedFile,
      automatic: readonly number[],
      ownText: string | null | undefined,
    ): CountingText {
      if (ownText === undefined || ownText === null) return { source: file, numbers: file, automatic };
      const { tags: named, ...numbers } = describeOwnText(ownText, file);
      return { source: { path: file.path, text: ownText }, numbers, automatic: idsOf(named) };
    },

    /** Gives an image the tags and numbers of such a text; returns all its tags. */
    apply(imageId: number, text: string): number[] {
      const medium = mediumOf.get(imageId) ?? { media: null, width: null, height: null };
      const { tags: named, ...numbers } = describeOwnText(text, medium);
      saveNumbers(imageId, numbers);
      return tags.replaceAutomatic(imageId, idsOf(named));
    },
  };
}
export type OwnTexts = ReturnType<typeof createOwnTexts>;
