import type { Job } from '@iib-kit/client/browser';
import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';

import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';

/** Asked beside the events, which some proxies hold back, in milliseconds. */
const POLL = 2000;

export function isOver(job: Pick<Job, 'status'>): boolean {
  return job.status !== 'queued' && job.status !== 'running';
}

/** The jobs of a kind that are not over, newest first. */
export function useRunningJobs(kind: string) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.jobs, 'kind', kind],
    queryFn: ({ signal }) => client.jobs.list({ kind }, { signal }),
    select: ({ jobs }: { jobs: readonly Job[] }) => jobs.filter((job) => !isOver(job)),
    refetchInterval: ({ state }: { state: { data?: { jobs: readonly Job[] } | undefined } }) =>
      state.data?.jobs.some((job) => !isOver(job)) === true ? POLL : false,
  }));
}

/** Where a job is; asked when it has an id. */
export function useJob(id: Accessor<string>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.jobs, 'one', id()],
    // Its result may be large, and is asked for where it is of use.
    queryFn: async ({ signal }): Promise<Job | null> => {
      const { jobs } = await client.jobs.list({}, { signal });
      return jobs.find((job) => job.job_id === id()) ?? null;
    },
    enabled: id() !== '',
    refetchInterval: ({ state }: { state: { data?: Job | null | undefined } }) =>
      state.data && !isOver(state.data) ? POLL : false,
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
