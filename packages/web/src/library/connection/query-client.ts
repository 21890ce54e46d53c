import { MutationCache, QueryCache, QueryClient } from '@tanstack/solid-query';

import { askForKey } from './session.ts';
import { reportNoResponse } from './connection.ts';
import { isConnectionFailure, isKeyRefusal } from './request-failure.ts';

/** Reports a failed request to the parts that concern the whole application: sign-in and connection state. */
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
        // Live events invalidate what changed.
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        // A local server is reachable without a network.
        networkMode: 'always',
        retry: (failures, error) => failures < 2 && isConnectionFailure(error),
      },
      mutations: { networkMode: 'always' },
    },
  });
}
