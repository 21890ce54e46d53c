import type { Client } from '@iib-kit/client/browser';
import { createContext, useContext } from 'solid-js';

export const ClientContext = createContext<Client>();

/** The client of the server that served the page. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === undefined) throw new Error('useClient is used outside of the application');
  return client;
}
