import type { SubstringQuery, TagQuery } from '../image-index.ts';
import { basicInfo } from '../search/basic-info.ts';
import { customTagsOf, extraPaths, imagesOf, infotextsOf } from '../search/look-ups.ts';
import { searchBySubstring } from '../search/search-by-substring.ts';
import { searchByTags } from '../search/search-by-tags.ts';
import { listBackups } from '../store/back-up.ts';
import { checkIntegrity } from '../store/check-integrity.ts';
import type { Sqlite } from '../store/sqlite.ts';

/** What the calling thread asks of a reading thread. */
export function readerMethods(db: Sqlite) {
  return {
    searchBySubstring: (query: SubstringQuery) => searchBySubstring(db, query),
    searchByTags: (query: TagQuery) => searchByTags(db, query),
    basicInfo: () => basicInfo(db),
    images: (paths: readonly string[]) => imagesOf(db, paths),
    infotexts: (paths: readonly string[]) => infotextsOf(db, paths),
    tagsOf: (paths: readonly string[]) => customTagsOf(db, paths),
    extraPaths: () => extraPaths(db),
    backups: () => listBackups(db.name),
    checkIntegrity: () => checkIntegrity(db),
    close: (): void => {
      db.close();
    },
  };
}
export type ReaderMethods = ReturnType<typeof readerMethods>;
