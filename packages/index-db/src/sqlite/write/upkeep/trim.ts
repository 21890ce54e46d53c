import type { WriterStore } from '../writer-store.ts';
import { trimClusteringImages } from './trim-clustering-images.ts';
import { trimLimits } from './trim-limits.ts';
import type { UpkeepTask } from './upkeep-task.ts';

const daySeconds = 24 * 3600;
/** Where so much time has passed since the last time, the clock may have jumped: what goes by age waits for another day. */
const clockTrustedSeconds = 60 * daySeconds;
const tagsAtOnce = 5000;
const rowsAtOnce = 200;

/** What the trimming asks of the world. */
export interface TrimOptions {
  readonly orphanedAnnotationsDays?: number | undefined;
  /** Unix seconds. Default: the clock's. */
  readonly now?: () => number;
}

/**
 * Removes what grows with time and belongs to nothing any more, once a day. Each slice is right by itself: what it removes is
 * told from the database within its transaction.
 */
export function trimTask(store: WriterStore, options: TrimOptions = {}): UpkeepTask {
  const { now = () => Math.floor(Date.now() / 1000) } = options;
  const days = options.orphanedAnnotationsDays ?? trimLimits.orphanedAnnotationsDays;
  const sql = prepareStatements(store);
  let slices: Iterator<undefined> | undefined;
  return {
    name: 'trim',
    runSlice(isThorough) {
      if (slices === undefined) {
        const since = sql.trimmedAt.get() ?? -Infinity;
        const passed = now() - since;
        // A clock that was set back has to trim again, too.
        if (!isThorough && passed >= 0 && passed < daySeconds) return false;
        const isClockTrusted = passed >= 0 && passed < clockTrustedSeconds;
        const lostBefore = isClockTrusted && days > 0 ? now() - days * daySeconds : undefined;
        slices = trim(store, sql, { lostBefore, now: now() });
      }
      try {
        if (slices.next().done !== true) return true;
      } catch (error) {
        slices = undefined;
        throw error;
      }
      slices = undefined;
      return false;
    },
  };
}

function prepareStatements({ db }: WriterStore) {
  return {
    trimmedAt: db.prepare<[], number>(`SELECT value FROM library_state WHERE name = 'trimmed_at'`).pluck(),
    noteTrimmed: db.prepare(`INSERT OR REPLACE INTO library_state (name, value) VALUES ('trimmed_at', ?)`),
    highestTag: db.prepare<[], number | null>('SELECT max(id) FROM tag').pluck(),
    // The user's own, which are his to remove, and those that he gave a colour, or that searches and rules name, stay.
    unusedTags: db
      .prepare<[number, number], number>(
        `SELECT id FROM tag WHERE id > ? AND id <= ? AND type <> 'custom' AND count <= 0 AND coalesce(color, '') = ''
         AND id NOT IN (SELECT into_id FROM merged_tag) AND id NOT IN (SELECT tag_id FROM auto_tag_rule)
         AND id NOT IN (SELECT t.atom FROM saved_search s, json_tree(s.query) t WHERE t.type = 'integer' AND json_valid(s.query))`,
      )
      .pluck(),
    isGiven: db.prepare('SELECT 1 FROM search_tags WHERE search_tags MATCH ? LIMIT 1'),
    removeTag: db.prepare('DELETE FROM tag WHERE id = ?'),
    trimClusterings: db.prepare(
      `DELETE FROM topic_cluster_cache WHERE cache_key IN (
         SELECT c.cache_key FROM topic_cluster_cache c LEFT JOIN cluster_use u ON u.cache_key = c.cache_key
         ORDER BY max(coalesce(u.used, 0), coalesce(unixepoch(c.updated_at), 0)) DESC, c.rowid DESC
         LIMIT -1 OFFSET ${trimLimits.clusterings})`,
    ),
    trimUses: db.prepare(
      'DELETE FROM cluster_use WHERE cache_key NOT IN (SELECT cache_key FROM topic_cluster_cache)',
    ),
    trimTitles: db.prepare(
      `DELETE FROM topic_title_cache WHERE rowid IN (
         SELECT rowid FROM topic_title_cache ORDER BY updated_at DESC, rowid DESC LIMIT -1 OFFSET ${trimLimits.titles})`,
    ),
    // IIB makes what it needs again. Looking at the disk could hold up the thread for as long as a drive does not answer.
    trimFolderCovers: db.prepare(
      `DELETE FROM dir_cover_cache WHERE NOT EXISTS (
         SELECT 1 FROM folders f WHERE f.path = folder_path
           OR (f.path >= folder_path || '/' AND f.path < folder_path || '0')
           OR (f.path >= folder_path || '\\' AND f.path < folder_path || ']'))`,
    ),
    trimFailures: db.prepare('DELETE FROM image_embedding_fail WHERE image_id NOT IN (SELECT id FROM image)'),
    // What lies in a trash waits for as long as it lies there.
    trimLost: db.prepare(
      'DELETE FROM lost_mark WHERE path IN (SELECT path FROM lost_mark WHERE NOT awaited AND lost_at < ? LIMIT ?)',
    ),
    // Only annotations of absent images ask what became of a tag.
    trimMerged: db.prepare('DELETE FROM merged_tag WHERE NOT EXISTS (SELECT 1 FROM lost_mark)'),
  };
}

type Statements = ReturnType<typeof prepareStatements>;

interface Trim {
  /** Annotations that were lost before go; none where the clock is not to be trusted. */
  readonly lostBefore: number | undefined;
  readonly now: number;
}

function* trim(store: WriterStore, sql: Statements, { lostBefore, now }: Trim): Generator<undefined> {
  if (lostBefore !== undefined) yield* trimLost(store, sql, lostBefore);
  const whole = [
    sql.trimMerged,
    sql.trimClusterings,
    sql.trimUses,
    sql.trimTitles,
    sql.trimFolderCovers,
    sql.trimFailures,
  ];
  for (const statement of whole) {
    store.transaction(() => statement.run());
    yield;
  }
  yield* trimClusteringImages(store);
  yield* trimTags(store, sql);
  store.transaction(() => sql.noteTrimmed.run(now));
}

function* trimLost(store: WriterStore, sql: Statements, before: number): Generator<undefined> {
  while (store.transaction(() => sql.trimLost.run(before, rowsAtOnce).changes) > 0) yield;
}

function* trimTags(store: WriterStore, sql: Statements): Generator<undefined> {
  const highest = sql.highestTag.get() ?? 0;
  for (let after = 0; after < highest; after += tagsAtOnce) {
    // A check of references would look through the tags of all images for each of these.
    store.bulkTransaction(() => {
      const unused = sql.unusedTags
        .all(after, after + tagsAtOnce)
        .filter((id) => sql.isGiven.get(`"${id.toString(36)}"`) === undefined);
      for (const id of unused) {
        sql.removeTag.run(id);
        store.changes.tag(id);
      }
      if (unused.length > 0) store.names.clear();
    });
    yield;
  }
}
