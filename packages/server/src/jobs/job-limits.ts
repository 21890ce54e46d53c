import { isOver, type JobState } from './job-state.ts';

/** How many finished jobs of a kind are remembered, and for how long in seconds. */
export interface JobLimit {
  readonly count: number;
  readonly seconds: number;
}

const daySeconds = 24 * 3600;

/** What people come back to: the topics of a library, and where its files went. */
const keptLong: JobLimit = { count: 200, seconds: 365 * daySeconds };
const keptShortly: JobLimit = { count: 50, seconds: 7 * daySeconds };

const limits: Readonly<Record<string, JobLimit>> = { cluster: keptLong, organize: keptLong };

export const jobLimitOf = (kind: string): JobLimit => limits[kind] ?? keptShortly;

/** How many jobs that leave no record stay known to this process, for those who followed them. */
export const MAX_PASSING_JOBS = 50;

/** The finished jobs that are beyond the limits of their kinds. */
export function jobsToForget(states: Iterable<JobState>, now: number): readonly JobState[] {
  const finished = [...states].filter(isOver).sort((a, b) => (b.finishedTime ?? 0) - (a.finishedTime ?? 0));
  const seen = new Map<string, number>();
  return finished.filter(({ kind, finishedTime = 0 }) => {
    const { count, seconds } = jobLimitOf(kind);
    const before = seen.get(kind) ?? 0;
    seen.set(kind, before + 1);
    return before >= count || finishedTime < now - seconds;
  });
}
