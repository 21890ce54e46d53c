import type { SearchDocument } from '../../tables/search-documents.ts';
import type { RunMerge } from '../../tables/search-runs.ts';
import type { WriterStore } from '../writer-store.ts';
import { mergeAllSegments, mergeSegmentsTask, setMerging } from './merge-segments.ts';
import { planRunMerge, sizeOf } from './plan-run-merge.ts';
import { type SourceHead, SourcesByTime } from './sources-by-time.ts';
import type { UpkeepTask } from './upkeep-task.ts';

/** Milliseconds of processor time that a slice is to take; it is as many documents as the one before promises. */
const sliceMs = 14;
const fewestMoved = 16;
const mostMoved = 512;
/** To move a document costs as much as to remove so many. */
const removedInstead = 8;
/** To move a document costs as much as to merge the segments of so many and more. */
const movedForAllSegments = 8;

interface ImageOfDocument {
  readonly path: string;
  readonly text: string;
}

function prepareStatements({ db }: WriterStore) {
  return {
    first: db.prepare<[number, number], SourceHead>(
      'SELECT doc, modified, image_id AS imageId FROM media_info WHERE doc BETWEEN ? AND ? ORDER BY doc LIMIT 1',
    ),
    last: db.prepare<[number, number], SourceHead>(
      'SELECT doc, modified, image_id AS imageId FROM media_info WHERE doc BETWEEN ? AND ? ORDER BY doc DESC LIMIT 1',
    ),
    image: db.prepare<[number], ImageOfDocument>(
      `SELECT path, coalesce(exif, '') AS text FROM image WHERE id = ? AND path IS NOT NULL`,
    ),
    indexed: db
      .prepare<[number, number, number], number>(
        'SELECT id FROM search_text_docsize WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?',
      )
      .pluck(),
    tags: db.prepare<[number], number>('SELECT tag_id FROM image_tag WHERE image_id = ?').pluck(),
  };
}
type Statements = ReturnType<typeof prepareStatements>;

/**
 * Merges the runs that documents of older images than those before them begin, so that a search has few of them to look
 * into. The documents are moved into a new run, newest first and some at a time: between two slices both the new run and
 * what is left of the others are in order, so that the merge may end there, or go on later by another program. What people
 * look at first comes from the new run soon, and the others are opened for what is older than it alone.
 */
export function mergeRunsTask(store: WriterStore): UpkeepTask {
  const mergeSome = runMerger(store);
  const segments = mergeSegmentsTask(store);
  let count = 128;
  return {
    name: 'merge-runs',
    runSlice(isThorough) {
      // Each slice leaves a segment. Where they pile up, FTS5 merges all of a level within somebody's transaction.
      if (segments.runSlice(false)) return true;
      // Of all threads, which is more than this one took, but less than the clock says where others are at work.
      const before = process.cpuUsage();
      const hasMore = mergeSome(count, isThorough);
      const { user, system } = process.cpuUsage(before);
      const took = Math.max(1, (user + system) / 1000);
      count = Math.min(mostMoved, Math.max(fewestMoved, Math.round((count * sliceMs) / took)));
      return hasMore;
    },
  };
}

/** Moves so many documents in one transaction; says whether there is more to do. */
export function runMerger(store: WriterStore): (count: number, isThorough: boolean) => boolean {
  const sql = prepareStatements(store);
  const { runs } = store.documents;
  return (count, isThorough) =>
    store.transaction(() => {
      // What another program changed is written under the number that it has now.
      store.documents.flush();
      if (runs.merge === undefined) dropEmptyRuns(runs, sql);
      const merge = runs.merge ?? beginPlanned(store, isThorough);
      if (merge === undefined) return false;
      const sources = new SourcesByTime(runs.sources);
      let number = firstNumber(merge, runs, sql);
      for (let moved = 0; moved < count; moved += 1) {
        const next = takeLatest(sources, runs, sql);
        if (next === undefined) {
          const isRemoved = !removeMoved(store, merge, sql, count * removedInstead);
          if (isRemoved) endMerge(store, number);
          return true;
        }
        number -= 1;
        store.documents.move(number, documentOf(next, sql));
      }
      return true;
    });
}

type Runs = WriterStore['documents']['runs'];

function dropEmptyRuns(runs: Runs, sql: Statements): void {
  const empty = runs.runs.filter(({ firstDoc, lastDoc }) => sql.first.get(firstDoc, lastDoc) === undefined);
  runs.drop(empty.map(({ firstDoc }) => firstDoc));
}

function beginPlanned(store: WriterStore, isThorough: boolean): RunMerge | undefined {
  const { runs } = store.documents;
  const sources = planRunMerge(runs.runs, isThorough);
  if (sources === undefined) return undefined;
  setMerging(store, true);
  return runs.beginMerge(sources);
}

/**
 * Removes some of what is indexed under the numbers that documents had before; says whether there was any. All at the end:
 * FTS5 looks each answer up among the removed rows of its segment, which takes a multiple of the time until it rewrites the
 * segment.
 */
function removeMoved(store: WriterStore, { sources }: RunMerge, sql: Statements, count: number): boolean {
  let left = count;
  for (const [firstDoc, lastDoc] of sources) {
    const docs = sql.indexed.all(firstDoc, lastDoc, left);
    for (const doc of docs) store.documents.remove(doc);
    left -= docs.length;
    if (left === 0) return true;
  }
  return left < count;
}

/** All segments of the full-text tables are merged as well, where this is little beside what was moved. */
function endMerge(store: WriterStore, firstUsed: number): void {
  const { runs } = store.documents;
  const target = runs.merge?.target;
  runs.endMerge(firstUsed);
  setMerging(store, false);
  const all = runs.runs.reduce((sum, run) => sum + sizeOf(run), 0);
  const merged = runs.runs.find((run) => run.firstDoc === target || run.firstDoc === firstUsed);
  if (merged !== undefined && sizeOf(merged) * movedForAllSegments >= all) mergeAllSegments(store);
}

/** The first number in use of the run that is merged into, or the one behind all that are there for the moved documents. */
function firstNumber({ target }: RunMerge, { runs }: Runs, sql: Statements): number {
  const lastDoc = runs.find(({ firstDoc }) => firstDoc === target)?.lastDoc ?? target;
  return sql.first.get(target, lastDoc)?.doc ?? lastDoc + 1;
}

/** Takes the latest document of all sources from them. */
function takeLatest(sources: SourcesByTime, runs: Runs, sql: Statements): SourceHead | undefined {
  for (let source = sources.takeLatest(); source !== undefined; source = sources.takeLatest()) {
    const { run, head } = source;
    if (head !== undefined) {
      runs.shrink(run, head.doc - 1, head);
      sources.add({ run, head: undefined });
      return head;
    }
    const found = sql.last.get(run.firstDoc, run.lastDoc);
    if (found === undefined) runs.shrink(run, run.firstDoc - 1, run.last);
    else {
      runs.shrink(run, found.doc, found);
      sources.add({ run, head: found });
    }
  }
  return undefined;
}

/** What is searched of an image; nothing where another program has just taken its row away. */
function documentOf({ modified, imageId }: SourceHead, sql: Statements): SearchDocument {
  const source = sql.image.get(imageId) ?? { path: '', text: '' };
  return { imageId, modified, source, tagIds: sql.tags.all(imageId) };
}
