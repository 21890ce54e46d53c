import type { Client } from '@iib-kit/client/browser';
import { createContext, useContext } from 'solid-js';

export const ClientContext = createContext<Client>();

/** The API of the server that the page came from. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === undefined) throw new Error('useClient is used outside of the application');
  return client;
}
