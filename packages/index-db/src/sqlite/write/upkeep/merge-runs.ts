import type { SearchDocument } from '../../tables/search-documents.ts';
import { isAfter, type RunMerge, type TimeKey } from '../../tables/search-runs.ts';
import type { WriterStore } from '../writer-store.ts';
import { mergeSegmentsTask, setMerging } from './merge-segments.ts';
import { planRunMerge } from './plan-run-merge.ts';
import type { UpkeepTask } from './upkeep-task.ts';

/** Milliseconds that a slice is to take; it is as many documents as the one before promises. */
const sliceMs = 12;
const fewestMoved = 16;
const mostMoved = 512;

interface SourceHead extends TimeKey {
  readonly doc: number;
}

interface ImageOfDocument {
  readonly path: string;
  readonly text: string;
}

function prepareStatements({ db }: WriterStore) {
  return {
    first: db.prepare<[number, number], SourceHead>(
      'SELECT doc, modified, image_id AS imageId FROM media_info WHERE doc BETWEEN ? AND ? ORDER BY doc LIMIT 1',
    ),
    image: db.prepare<[number], ImageOfDocument>(
      `SELECT path, coalesce(exif, '') AS text FROM image WHERE id = ? AND path IS NOT NULL`,
    ),
    tags: db.prepare<[number], number>('SELECT tag_id FROM image_tag WHERE image_id = ?').pluck(),
  };
}
type Statements = ReturnType<typeof prepareStatements>;

/**
 * Merges the runs that documents of older images than those before them begin, so that a search has few of them to look
 * into. The documents are moved in the order of time into a new run, some at a time: between two slices both the new run
 * and what is left of the others are in order, so that the merge may end there, or go on later by another program.
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
      const start = performance.now();
      const hasMore = mergeSome(count, isThorough);
      const took = performance.now() - start;
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
      if (runs.merge === undefined) dropEmptyRuns(runs, sql);
      const merge = runs.merge ?? beginPlanned(store, isThorough);
      if (merge === undefined) return false;
      const sources = sourcesOf(merge, runs, sql);
      for (let moved = 0; moved < count; moved += 1) {
        const next = takeEarliest(sources, sql);
        if (next === undefined) {
          runs.endMerge();
          setMerging(store, false);
          return true;
        }
        store.documents.moveToMerged(next.doc, documentOf(next, sql));
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

/** The earliest document left in a run, and where those after it end. */
interface Source {
  head: SourceHead;
  readonly lastDoc: number;
}

function sourcesOf(merge: RunMerge, runs: Runs, sql: Statements): Source[] {
  const sources = new Set(merge.sources);
  return runs.runs.flatMap(({ firstDoc, lastDoc }) => {
    const head = sources.has(firstDoc) ? sql.first.get(firstDoc, lastDoc) : undefined;
    return head === undefined ? [] : [{ head, lastDoc }];
  });
}

/** Takes the earliest document of all sources from them. */
function takeEarliest(sources: Source[], sql: Statements): SourceHead | undefined {
  const [first, ...others] = sources;
  if (first === undefined) return undefined;
  const earliest = others.reduce(
    (least, source) => (isAfter(least.head, source.head) ? source : least),
    first,
  );
  const { head, lastDoc } = earliest;
  const next = sql.first.get(head.doc + 1, lastDoc);
  if (next === undefined) sources.splice(sources.indexOf(earliest), 1);
  else earliest.head = next;
  return head;
}

/** What is searched of an image; nothing where another program has just taken its row away. */
function documentOf({ modified, imageId }: SourceHead, sql: Statements): SearchDocument {
  const source = sql.image.get(imageId) ?? { path: '', text: '' };
  return { imageId, modified, source, tagIds: sql.tags.all(imageId) };
}
