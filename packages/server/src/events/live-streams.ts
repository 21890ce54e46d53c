import type { JobEvent, LiveEvent, ServerEvent } from '@iib-kit/contract';

import type { PathAccess } from '../access/path-access.ts';
import { Refusal } from '../ports/refusal.ts';
import type { Changes } from '@iib-kit/catalog';
import { isOver } from '../jobs/job-state.ts';
import type { Jobs } from '../jobs/open-jobs.ts';
import type { LibraryFolders } from '../library/library.ts';
import { jobShape } from '../routes/responses/job-shape.ts';
import { createEventHistory } from './event-history.ts';
import { createFeed, type Feed, type FeedOptions } from './feed.ts';
import { followFolders } from './follow-folders.ts';
import { countPaths, liveEventOf, withinAccess } from './live-event-of.ts';

/** Most streams that are open at once. */
export const MAX_STREAMS = 256;

/** Streams of what happens. All throw `Refusal` 429 when too many are open. */
export interface LiveStreams {
  /** All jobs, or one until it is over. */
  jobs(id: string | undefined): AsyncIterable<ServerEvent<JobEvent>>;
  /** What changes in the library, from a cursor on or from now. */
  library(cursor: string | undefined): AsyncIterable<ServerEvent<LiveEvent>>;
  /** The place that a stream of the library is at now: who opens one from here misses nothing that happens meanwhile. */
  cursor(): string;
  close(): void;
}

interface Parts {
  readonly index: Pick<Changes, 'subscribe'>;
  readonly library: Pick<LibraryFolders, 'unavailable' | 'onChange'>;
  readonly jobs: Jobs;
  readonly access: PathAccess;
}

export function createLiveStreams({ index, library, jobs, access }: Parts): LiveStreams {
  const open = new Set<Pick<Feed<unknown>, 'end'>>();
  const history = createEventHistory<LiveEvent>();
  const libraryFeeds = new Set<Feed<ServerEvent<LiveEvent>>>();
  let unfollow: (() => void) | undefined;

  function openFeed<T>(options: FeedOptions<T>): Feed<T> {
    if (open.size >= MAX_STREAMS) throw new Refusal('too-many-streams', { limit: MAX_STREAMS });
    const feed = createFeed<T>({
      ...options,
      onClose() {
        open.delete(feed);
        options.onClose();
      },
    });
    open.add(feed);
    return feed;
  }

  const send = (feed: Feed<ServerEvent<LiveEvent>>, { id, event }: ServerEvent<LiveEvent>): void => {
    const allowed = withinAccess(event, access);
    if (allowed !== undefined) feed.push({ ...(id === undefined ? {} : { id }), event: allowed });
  };
  const publish = (event: LiveEvent): void => {
    const past = history.append(event, countPaths(event));
    for (const feed of libraryFeeds) send(feed, past);
  };
  /** Begins with the first cursor that is given out: until then there is none that anybody could come with. */
  const follow = (): void => {
    if (unfollow !== undefined) return;
    const stops = [
      index.subscribe((change) => publish(liveEventOf(change))),
      followFolders(library, {
        isHeard: () => libraryFeeds.size > 0,
        onChange: (unavailable) => publish({ type: 'folders', unavailable: [...unavailable] }),
      }),
      jobs.subscribe((state, isStep) => {
        const event: JobEvent = { type: 'job', job: jobShape(state) };
        if (isStep) publish(event);
        // Progress is soon out of date: it is not kept for those who come back.
        else for (const feed of libraryFeeds) feed.push({ event });
      }),
    ];
    unfollow = () => {
      for (const stop of stops) stop();
    };
  };
  const reset = (reason: 'unknown-cursor' | 'too-slow'): ServerEvent<LiveEvent> => {
    const cursor = history.cursor();
    return { id: cursor, event: { type: 'reset', cursor, reason } };
  };

  return {
    jobs(id) {
      let stop = (): void => {};
      const feed = openFeed<ServerEvent<JobEvent>>({
        keyOf: ({ event }) => event.job.job_id,
        onClose: () => stop(),
      });
      const show = (state: Parameters<typeof jobShape>[0]): void => {
        feed.push({ event: { type: 'job', job: jobShape(state) } });
        if (id !== undefined && isOver(state)) feed.end();
      };
      stop = jobs.subscribe((state) => {
        if (id === undefined || state.id === id) show(state);
      });
      const now = id === undefined ? jobs.all().filter((state) => !isOver(state)) : [jobs.get(id)];
      for (const state of now) if (state !== undefined) show(state);
      return feed;
    },

    library(cursor) {
      const feed = openFeed<ServerEvent<LiveEvent>>({
        keyOf: ({ event }) => (event.type === 'job' ? event.job.job_id : undefined),
        overflow: () => reset('too-slow'),
        onClose: () => void libraryFeeds.delete(feed),
      });
      follow();
      const missed = cursor === undefined ? [] : history.since(cursor);
      if (missed === undefined) feed.push(reset('unknown-cursor'));
      else {
        const from = cursor ?? history.cursor();
        feed.push({ id: from, event: { type: 'ready', cursor: from } });
        for (const past of missed) send(feed, past);
      }
      for (const state of jobs.all()) {
        if (!isOver(state)) feed.push({ event: { type: 'job', job: jobShape(state) } });
      }
      libraryFeeds.add(feed);
      return feed;
    },

    cursor() {
      follow();
      return history.cursor();
    },

    close() {
      unfollow?.();
      for (const feed of open) feed.end();
    },
  };
}
