import type { Job } from '@iib-kit/client/browser';
import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';

import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';
import { useLiveEvents } from '../connection/live-events.ts';

const indexJobsKey = [queryKeys.jobs, 'index'] as const;

const isOver = ({ status }: Job) => status === 'completed' || status === 'failed' || status === 'cancelled';

/** The running index job, and how to start and cancel one. */
export function useIndexing() {
  const client = useClient();
  const queryClient = useQueryClient();
  const jobs = useQuery(() => ({
    queryKey: indexJobsKey,
    queryFn: async ({ signal }) => (await client.jobs.list({ kind: 'index' }, { signal })).jobs,
  }));
  useLiveEvents((event) => {
    if (event.type !== 'job' || event.job.kind !== 'index') return;
    const { job } = event;
    queryClient.setQueryData<Job[]>(indexJobsKey, (known = []) => [
      job,
      ...known.filter(({ job_id: id }) => id !== job.job_id),
    ]);
  });
  const start = useMutation(() => ({ mutationFn: () => client.search.updateIndex({}, { timeout: 0 }) }));
  const cancel = useMutation(() => ({ mutationFn: (id: string) => client.jobs.cancel({ job_id: id }) }));
  const running = (): Job | undefined => (jobs.isSuccess ? jobs.data.find((job) => !isOver(job)) : undefined);
  return { running, start, cancel };
}
