import type { Job } from '@iib-kit/client/browser';
import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';

import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';

/** Running jobs are polled this often, in milliseconds, because some proxies buffer live events. */
const POLL_INTERVAL = 2000;

export function isOver(job: Pick<Job, 'status'>): boolean {
  return job.status !== 'queued' && job.status !== 'running';
}

/** The running and queued jobs of a kind, newest first. */
export function useRunningJobs(kind: string) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.jobs, 'kind', kind],
    queryFn: ({ signal }) => client.jobs.list({ kind }, { signal }),
    select: ({ jobs }: { jobs: readonly Job[] }) => jobs.filter((job) => !isOver(job)),
    refetchInterval: ({ state }: { state: { data?: { jobs: readonly Job[] } | undefined } }) =>
      state.data?.jobs.some((job) => !isOver(job)) === true ? POLL_INTERVAL : false,
  }));
}

/** The state of a job; null if the server no longer lists it. Idle with an empty id. */
export function useJob(id: Accessor<string>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.jobs, 'one', id()],
    // The list omits results, which may be large.
    queryFn: async ({ signal }): Promise<Job | null> => {
      const { jobs } = await client.jobs.list({}, { signal });
      return jobs.find((job) => job.job_id === id()) ?? null;
    },
    enabled: id() !== '',
    refetchInterval: ({ state }: { state: { data?: Job | null | undefined } }) =>
      state.data && !isOver(state.data) ? POLL_INTERVAL : false,
  }));
}

export function useCancelJob() {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation(() => ({
    mutationFn: (id: string) => client.jobs.cancel({ job_id: id }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: [queryKeys.jobs] }),
  }));
}
