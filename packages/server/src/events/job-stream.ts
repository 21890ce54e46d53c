import { isOver, type JobState } from '../jobs/job-state.ts';
import type { Jobs } from '../jobs/open-jobs.ts';
import type { FeedSet } from './feed-set.ts';
import type { JobChange, StreamedEvent } from './library-event.ts';

/** The changes of all jobs, or those of one until it is over. */
export function openJobStream(
  id: string | undefined,
  jobs: Pick<Jobs, 'subscribe' | 'all' | 'get'>,
  feeds: FeedSet,
): AsyncIterable<StreamedEvent<JobChange>> {
  let stop = (): void => {};
  const feed = feeds.open<StreamedEvent<JobChange>>({
    keyOf: ({ event }) => event.job.id,
    onClose: () => stop(),
  });
  const show = (job: JobState): void => {
    feed.push({ event: { kind: 'job', job } });
    if (id !== undefined && isOver(job)) feed.end();
  };
  stop = jobs.subscribe((state) => {
    if (id === undefined || state.id === id) show(state);
  });
  const now = id === undefined ? jobs.all().filter((state) => !isOver(state)) : [jobs.get(id)];
  for (const state of now) if (state !== undefined) show(state);
  return feed;
}
