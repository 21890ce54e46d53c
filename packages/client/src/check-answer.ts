import type { api, Endpoint, iibWebOutputs } from '@iib-kit/contract';
import type { z } from 'zod';

import type { Dialect } from './client-options.ts';

/** Where an endpoint is in the contract. */
export interface EndpointName {
  readonly group: string;
  readonly name: string;
}

type Outputs = Readonly<Record<string, Readonly<Record<string, z.ZodType>>>>;
type Endpoints = Readonly<Record<string, Readonly<Record<string, Endpoint>>>>;

let contract: { readonly api: typeof api; readonly iibWebOutputs: typeof iibWebOutputs } | undefined;

/**
 * What is wrong with an answer, or with one event of it. The contract is loaded with the first check, so that programs
 * which do not check never load it.
 */
export async function wrongShape(
  value: unknown,
  { group, name }: EndpointName,
  dialect: Dialect,
): Promise<z.ZodError | undefined> {
  contract ??= await import('@iib-kit/contract');
  const endpoints: Endpoints = contract.api;
  const web: Outputs = dialect === 'iib-web' ? contract.iibWebOutputs : {};
  const output = web[group]?.[name] ?? endpoints[group]?.[name]?.output;
  if (output === undefined || 'media' in output) return undefined;
  return ('events' in output ? output.events : output).safeParse(value).error;
}
