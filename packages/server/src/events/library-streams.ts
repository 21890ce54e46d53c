import type { Changes } from '@iib-kit/catalog';

import type { PathAccess } from '../access/path-access.ts';
import { isOver } from '../jobs/job-state.ts';
import type { Jobs } from '../jobs/open-jobs.ts';
import type { LibraryFolders } from '../library/library-folders.ts';
import { createEventHistory } from './event-history.ts';
import type { FeedSet } from './feed-set.ts';
import type { Feed } from './feed.ts';
import { followFolders } from './follow-folders.ts';
import { countPaths, withinAccess, type LibraryEvent, type StreamedEvent } from './library-event.ts';

type LibraryFeed = Feed<StreamedEvent<LibraryEvent>>;

export interface LibraryStreamParts {
  readonly index: Pick<Changes, 'subscribe'>;
  readonly library: Pick<LibraryFolders, 'unavailable' | 'onChange'>;
  readonly jobs: Jobs;
  readonly access: PathAccess;
}

/** Streams of what changes in the library, which begin where their readers were. */
export class LibraryStreams {
  readonly #parts: LibraryStreamParts;
  readonly #feeds: FeedSet;
  readonly #history = createEventHistory<LibraryEvent>();
  readonly #open = new Set<LibraryFeed>();
  #unfollow: (() => void) | undefined;

  constructor(parts: LibraryStreamParts, feeds: FeedSet) {
    this.#parts = parts;
    this.#feeds = feeds;
  }

  open(cursor: string | undefined): AsyncIterable<StreamedEvent<LibraryEvent>> {
    const feed: LibraryFeed = this.#feeds.open({
      keyOf: ({ event }) => (event.kind === 'job' ? event.job.id : undefined),
      overflow: () => this.#reset('too-slow'),
      onClose: () => void this.#open.delete(feed),
    });
    this.#follow();
    const missed = cursor === undefined ? [] : this.#history.since(cursor);
    if (missed === undefined) feed.push(this.#reset('unknown-cursor'));
    else {
      const from = cursor ?? this.#history.cursor();
      feed.push({ id: from, event: { kind: 'ready', cursor: from } });
      for (const past of missed) this.#send(feed, past);
    }
    for (const job of this.#parts.jobs.all()) if (!isOver(job)) feed.push({ event: { kind: 'job', job } });
    this.#open.add(feed);
    return feed;
  }

  cursor(): string {
    this.#follow();
    return this.#history.cursor();
  }

  close(): void {
    this.#unfollow?.();
  }

  /** Begins with the first cursor that is given out: until then there is none that anybody could come with. */
  #follow(): void {
    if (this.#unfollow !== undefined) return;
    const { index, library, jobs } = this.#parts;
    const stops = [
      index.subscribe((change) => this.#publish(change)),
      followFolders(library, {
        isHeard: () => this.#open.size > 0,
        onChange: (unavailable) => this.#publish({ kind: 'folders', unavailable }),
      }),
      jobs.subscribe((job, isStep) => {
        if (isStep) this.#publish({ kind: 'job', job });
        // Progress is soon out of date: it is not stored for those who come back.
        else for (const feed of this.#open) feed.push({ event: { kind: 'job', job } });
      }),
    ];
    this.#unfollow = () => {
      for (const stop of stops) stop();
    };
  }

  #publish(event: LibraryEvent): void {
    const past = this.#history.append(event, countPaths(event));
    for (const feed of this.#open) this.#send(feed, past);
  }

  #send(feed: LibraryFeed, { id, event }: StreamedEvent<LibraryEvent>): void {
    const allowed = withinAccess(event, this.#parts.access);
    if (allowed !== undefined) feed.push({ ...(id === undefined ? {} : { id }), event: allowed });
  }

  #reset(reason: 'unknown-cursor' | 'too-slow'): StreamedEvent<LibraryEvent> {
    const cursor = this.#history.cursor();
    return { id: cursor, event: { kind: 'reset', cursor, reason } };
  }
}
