import { MutationCache, QueryCache, QueryClient } from '@tanstack/solid-query';

import { askForKey } from './session.ts';
import { reportNoResponse } from './connection.ts';
import { isConnectionFailure, isKeyRefusal } from './request-failure.ts';

/** What every failed request means for the whole application. */
export function reportFailure(error: unknown): void {
  if (isKeyRefusal(error)) askForKey();
  else if (isConnectionFailure(error)) reportNoResponse();
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: reportFailure }),
    mutationCache: new MutationCache({ onError: reportFailure }),
    defaultOptions: {
      queries: {
        // The server tells what changed: nothing grows old by itself.
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        // A server on this machine is there without a network.
        networkMode: 'always',
        retry: (failures, error) => failures < 2 && isConnectionFailure(error),
      },
      mutations: { networkMode: 'always' },
    },
  });
}
