import type { api, InputOf, OutputOf } from '@iib-kit/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';

import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';

export type OrganizeRequest = InputOf<typeof api.organize.start>;
export type OrganizeConfirmation = InputOf<typeof api.organize.confirm>;
export type OrganizeStatus = OutputOf<typeof api.organize.status>;
export type OrganizePreview = NonNullable<OrganizeStatus['preview']>;

/** The plan and result of an organize run. They are large, so they are refetched only when `state` changes. */
export function useOrganizeRun(id: Accessor<string>, state: Accessor<string>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: ['organizing', id(), state()],
    queryFn: ({ signal }) => client.organize.status({ job_id: id() }, { signal }),
    enabled: id() !== '' && state() !== '',
  }));
}

/** Starts an organize run, which plans the moves but moves nothing yet. */
export function useStartOrganizeRun() {
  const client = useClient();
  return useOrganizeMutation((request: OrganizeRequest) => client.organize.start(request));
}

/** Moves or copies files as planned. */
export function useConfirmOrganizeRun() {
  const client = useClient();
  return useOrganizeMutation((confirmation: OrganizeConfirmation) => client.organize.confirm(confirmation));
}

/** Moves files back to where they were. */
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
