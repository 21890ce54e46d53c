import { createClient } from '@iib-kit/client/browser';
import { Route, Router } from '@solidjs/router';
import { QueryClientProvider } from '@tanstack/solid-query';
import { For, type JSX } from 'solid-js';

import { ToastRegion } from '../design/toast.tsx';
import { ClientContext } from '../library/connection/client.ts';
import { useInvalidateOnEvents } from '../library/connection/invalidate-on-events.ts';
import { followLiveEvents } from '../library/connection/live-events.ts';
import { createQueryClient } from '../library/connection/query-client.ts';
import { SignIn } from './sign-in.tsx';
import { basePath, baseUrl } from '../address/base-path.ts';
import { NotFound } from './not-found.tsx';
import { Shell } from './shell.tsx';
import { routes } from './views.ts';

// Responses need no validation: page and server come from the same release.
const client = createClient({ baseUrl, validate: false });
const queryClient = createQueryClient();

/** The application. */
export function App(): JSX.Element {
  return (
    <QueryClientProvider client={queryClient}>
      <ClientContext.Provider value={client}>
        <Live />
        <Router base={basePath} root={Shell}>
          <For each={routes}>{({ path, view }) => <Route path={path} component={view} />}</For>
          <Route path="*" component={NotFound} />
        </Router>
        <SignIn />
        <ToastRegion />
      </ClientContext.Provider>
    </QueryClientProvider>
  );
}

function Live(): JSX.Element {
  followLiveEvents(client);
  useInvalidateOnEvents();
  return <></>;
}
