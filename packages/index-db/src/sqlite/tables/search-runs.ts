import type { Statement } from 'better-sqlite3';
import type { Sqlite } from '../connection/sqlite.ts';

/** Where an image stands in the order of time. */
export interface TimeKey {
  readonly modified: number;
  readonly imageId: number;
}

/** Documents whose numbers rise with their time. Some of the numbers may have no document any more. */
export interface Run {
  readonly firstDoc: number;
  lastDoc: number;
  /** No document of the run is later. */
  last: TimeKey;
}

interface RunRow {
  readonly first_doc: number;
  readonly last_doc: number;
  readonly last_modified: number;
  readonly last_image_id: number;
}

/** The numbers of a run as they were when a merge of it began. */
export type SourceRange = readonly [firstDoc: number, lastDoc: number];

/** Runs that are being merged into one. */
export interface RunMerge {
  /** The first number of the run that takes the documents of the others, newest first. */
  readonly target: number;
  /** The full-text tables hold what was moved from these until all was. */
  readonly sources: readonly SourceRange[];
}

export const isAfter = (a: TimeKey, b: TimeKey): boolean =>
  a.modified === b.modified ? a.imageId > b.imageId : a.modified > b.modified;

/** Before every document. */
const beginning: TimeKey = { modified: -Infinity, imageId: 0 };

// Each run begins at a multiple of it, so that it has room to grow; those of earlier versions lie side by side.
export const roomOfRun = 2 ** 24;
const mergeState = 'search_run_merge';

/**
 * The runs in which documents are numbered. A document is added to the run whose end is nearest before it, so that what is
 * added in turns to several places in time leaves few runs.
 */
export class SearchRuns {
  readonly #load: Statement<[], RunRow>;
  readonly #save: Statement;
  readonly #remove: Statement;
  readonly #loadMerge: Statement<[string], string>;
  readonly #saveMerge: Statement;
  readonly #removeMerge: Statement;
  readonly #grown = new Set<Run>();
  /** By their numbers. */
  #runs: Run[] = [];
  #merge: RunMerge | undefined;

  constructor(db: Sqlite) {
    this.#load = db.prepare('SELECT * FROM search_run ORDER BY first_doc');
    this.#save = db.prepare('INSERT OR REPLACE INTO search_run VALUES (?, ?, ?, ?)');
    this.#remove = db.prepare('DELETE FROM search_run WHERE first_doc = ?');
    this.#loadMerge = db.prepare<[string], string>('SELECT value FROM library_state WHERE name = ?').pluck();
    this.#saveMerge = db.prepare('INSERT OR REPLACE INTO library_state (name, value) VALUES (?, ?)');
    this.#removeMerge = db.prepare('DELETE FROM library_state WHERE name = ?');
  }

  /** Reads what the file says. */
  reload(): void {
    this.#grown.clear();
    this.#runs = this.#load.all().map((row) => ({
      firstDoc: row.first_doc,
      lastDoc: row.last_doc,
      last: { modified: row.last_modified, imageId: row.last_image_id },
    }));
    const merge = this.#loadMerge.get(mergeState);
    this.#merge = merge === undefined ? undefined : (JSON.parse(merge) as RunMerge);
    // Written together, so it is there unless somebody else wrote here.
    if (!this.#runs.some(({ firstDoc }) => firstDoc === this.#merge?.target)) this.#merge = undefined;
  }

  get runs(): readonly Readonly<Run>[] {
    return this.#runs;
  }

  get merge(): RunMerge | undefined {
    return this.#merge;
  }

  /** Gives a document its number; the run of the document before it is the likeliest. */
  add(key: TimeKey): number {
    const best = this.#nearestBefore(key) ?? this.#begin();
    return this.#append(best, key);
  }

  /** Begins a run that takes the documents of these: it has as many numbers, to be used from the last to the first. */
  beginMerge(sources: readonly Readonly<Run>[]): RunMerge {
    const target = this.#begin();
    for (const { firstDoc, lastDoc, last } of sources) {
      target.lastDoc += lastDoc - firstDoc + 1;
      if (isAfter(last, target.last)) target.last = last;
    }
    this.#grown.add(target);
    this.#merge = {
      target: target.firstDoc,
      sources: sources.map(({ firstDoc, lastDoc }) => [firstDoc, lastDoc]),
    };
    this.#saveMerge.run(mergeState, JSON.stringify(this.#merge));
    return this.#merge;
  }

  /** The runs whose documents are taken, for a merge that goes on. */
  get sources(): readonly Run[] {
    const sources = this.#sourceNumbers();
    return this.#runs.filter(({ firstDoc }) => sources.has(firstDoc));
  }

  #sourceNumbers(): ReadonlySet<number> {
    return new Set(this.#merge?.sources.map(([firstDoc]) => firstDoc));
  }

  /** Ends a run sooner. */
  shrink(run: Run, lastDoc: number, last: TimeKey): void {
    run.lastDoc = lastDoc;
    run.last = last;
    this.#grown.add(run);
  }

  /** Forgets the runs that were merged, which have no documents any more, and the numbers before the first that is used. */
  endMerge(firstUsed: number): void {
    const merge = this.#merge;
    const target = this.#runs.find(({ firstDoc }) => firstDoc === merge?.target);
    if (target !== undefined && firstUsed !== target.firstDoc && firstUsed <= target.lastDoc) {
      const trimmed = { ...target, firstDoc: firstUsed };
      this.#runs[this.#runs.indexOf(target)] = trimmed;
      this.#grown.delete(target);
      this.#grown.add(trimmed);
      this.#remove.run(target.firstDoc);
    }
    this.drop([...this.#sourceNumbers()]);
    this.#merge = undefined;
    this.#removeMerge.run(mergeState);
  }

  /** Forgets runs without documents, by their first numbers. */
  drop(firstDocs: readonly number[]): void {
    const dropped = new Set(firstDocs);
    for (const run of this.#runs.filter(({ firstDoc }) => dropped.has(firstDoc))) this.#grown.delete(run);
    this.#runs = this.#runs.filter(({ firstDoc }) => !dropped.has(firstDoc));
    for (const firstDoc of dropped) this.#remove.run(firstDoc);
  }

  /** Writes what changed. */
  flush(): void {
    for (const { firstDoc, lastDoc, last } of this.#grown)
      this.#save.run(firstDoc, lastDoc, finite(last.modified), last.imageId);
    this.#grown.clear();
  }

  #append(run: Run, key: TimeKey): number {
    run.lastDoc += 1;
    run.last = key;
    this.#grown.add(run);
    return run.lastDoc;
  }

  #nearestBefore(key: TimeKey): Run | undefined {
    // What is left of these is to stay older than what was taken from them.
    const merged = this.#sourceNumbers();
    let best: Run | undefined;
    let end = Infinity;
    for (let index = this.#runs.length - 1; index >= 0; index -= 1) {
      const run = this.#runs[index];
      if (run === undefined) continue;
      const hasRoom = run.lastDoc + 1 < end;
      end = run.firstDoc;
      if (!hasRoom || !isAfter(key, run.last) || (best && isAfter(best.last, run.last))) continue;
      if (!merged.has(run.firstDoc)) best = run;
    }
    return best;
  }

  /** An empty run in the first room that no other reaches into. */
  #begin(): Run {
    let room = 0;
    let position = 0;
    for (const [index, { firstDoc, lastDoc }] of this.#runs.entries()) {
      if (firstDoc > (room + 1) * roomOfRun) break;
      room = Math.max(room, Math.floor(lastDoc / roomOfRun) + 1);
      position = index + 1;
    }
    const firstDoc = room * roomOfRun + 1;
    const run: Run = { firstDoc, lastDoc: firstDoc - 1, last: beginning };
    this.#runs.splice(position, 0, run);
    return run;
  }
}

/** A run that was begun has no time yet. */
const finite = (modified: number): number => Math.max(modified, Number.MIN_SAFE_INTEGER);
