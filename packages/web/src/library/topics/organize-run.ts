import type { api, InputOf, OutputOf } from '@iib-kit/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';

import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';

export type OrganizeRequest = InputOf<typeof api.organize.start>;
export type OrganizeConfirmation = InputOf<typeof api.organize.confirm>;
export type OrganizeStatus = OutputOf<typeof api.organize.status>;
export type OrganizePreview = NonNullable<OrganizeStatus['preview']>;

/** The plan and the result of sorting files. As the plan is large, it is asked again when `state` is another only. */
export function useOrganizeRun(id: Accessor<string>, state: Accessor<string>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: ['organizing', id(), state()],
    queryFn: ({ signal }) => client.organize.status({ job_id: id() }, { signal }),
    enabled: id() !== '' && state() !== '',
  }));
}

/** Plans to sort files; nothing is moved. */
export function useStartOrganizeRun() {
  const client = useClient();
  return useOrganizeMutation((request: OrganizeRequest) => client.organize.start(request));
}

/** Moves or copies the files as planned. */
export function useConfirmOrganizeRun() {
  const client = useClient();
  return useOrganizeMutation((confirmation: OrganizeConfirmation) => client.organize.confirm(confirmation));
}

/** Brings the files back. */
export function useUndoOrganizeRun() {
  const client = useClient();
  return useOrganizeMutation((id: string) => client.organize.undo({ job_id: id }));
}

function useOrganizeMutation<Input, Output>(work: (input: Input) => Promise<Output>) {
  const queryClient = useQueryClient();
  return useMutation(() => ({
    mutationFn: work,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [queryKeys.jobs] }),
  }));
}
