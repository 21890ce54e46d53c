import type { Endpoint } from '@iib-kit/contract';
import type { z } from 'zod';

import type { Dialect } from './client-options.ts';

/** Where an endpoint is in the contract. */
export interface EndpointName {
  readonly group: string;
  readonly name: string;
}

type Endpoints = Readonly<Record<string, Readonly<Record<string, Endpoint>>>>;

/**
 * What is wrong with an answer, or with one event of it. The contract is loaded with the first check, so that programs
 * which do not check never load it.
 */
export async function wrongShape(
  value: unknown,
  { group, name }: EndpointName,
  dialect: Dialect,
): Promise<z.ZodError | undefined> {
  const { api } = await import('@iib-kit/contract');
  const endpoints: Endpoints = api;
  const output = endpoints[group]?.[name]?.output;
  if (output === undefined || 'media' in output || dialect !== 'reference') return undefined;
  return ('events' in output ? output.events : output).safeParse(value).error;
}
