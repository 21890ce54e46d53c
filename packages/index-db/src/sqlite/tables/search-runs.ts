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

/** Runs that are being merged into one, by their first numbers. */
export interface RunMerge {
  /** The run that takes the documents of the others, in the order of time. */
  readonly target: number;
  readonly sources: readonly number[];
}

export const isAfter = (a: TimeKey, b: TimeKey): boolean =>
  a.modified === b.modified ? a.imageId > b.imageId : a.modified > b.modified;

/** Before every document. */
const beginning: TimeKey = { modified: -Infinity, imageId: 0 };

// Each run begins at a multiple of it, so that it has room to grow; those of earlier versions lie side by side.
export const roomOfRun = 2 ** 24;
const mergeState = 'search_merge';

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

  /** Begins a run that takes the documents of these, which it is to be given in the order of time. */
  beginMerge(sources: readonly Readonly<Run>[]): RunMerge {
    const target = this.#begin();
    this.#grown.add(target);
    this.#merge = { target: target.firstDoc, sources: sources.map(({ firstDoc }) => firstDoc) };
    this.#saveMerge.run(mergeState, JSON.stringify(this.#merge));
    return this.#merge;
  }

  /** The number of the next document that is moved to the target of the merge. */
  addMerged(key: TimeKey): number {
    const target = this.#runs.find(({ firstDoc }) => firstDoc === this.#merge?.target);
    return this.#append(target ?? this.#begin(), key);
  }

  /** Forgets the runs that were merged, which have no documents any more. */
  endMerge(): void {
    this.drop(this.#merge?.sources ?? []);
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
    const merged = this.#merge && this.#mergedRuns(this.#merge);
    // What comes after all that is being merged is moved last wherever it is; anything else has to stay out of it.
    const isAfterMerged = merged !== undefined && [...merged].every(({ last }) => isAfter(key, last));
    let best: Run | undefined;
    let end = Infinity;
    for (let index = this.#runs.length - 1; index >= 0; index -= 1) {
      const run = this.#runs[index];
      if (run === undefined) continue;
      const hasRoom = run.lastDoc + 1 < end;
      end = run.firstDoc;
      if (!hasRoom || !isAfter(key, run.last) || (best && isAfter(best.last, run.last))) continue;
      if (isAfterMerged || merged?.has(run) !== true) best = run;
    }
    return best;
  }

  #mergedRuns({ sources, target }: RunMerge): ReadonlySet<Run> {
    const firstDocs = new Set([...sources, target]);
    return new Set(this.#runs.filter(({ firstDoc }) => firstDocs.has(firstDoc)));
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
