import type { api, Endpoint, iibWebOutputs } from '@iib-kit/contract';
import type { z } from 'zod';

import type { Dialect } from '../client-options.ts';

/** Where an endpoint is in the contract. */
export interface EndpointName {
  readonly group: string;
  readonly name: string;
}

type Outputs = Readonly<Record<string, Readonly<Record<string, z.ZodType>>>>;
type Endpoints = Readonly<Record<string, Readonly<Record<string, Endpoint>>>>;

let contract: { readonly api: typeof api; readonly iibWebOutputs: typeof iibWebOutputs } | undefined;

/** What is wrong with an answer, or with one event of it. */
export async function wrongShape(
  value: unknown,
  { group, name }: EndpointName,
  dialect: Dialect,
): Promise<z.ZodError | undefined> {
  const { api: endpoints, iibWebOutputs: webOutputs } = contract ?? (await loadContract());
  const web: Outputs = dialect === 'iib-web' ? webOutputs : {};
  const output = web[group]?.[name] ?? (endpoints as Endpoints)[group]?.[name]?.output;
  if (output === undefined || 'media' in output) return undefined;
  return ('events' in output ? output.events : output).safeParse(value).error;
}

/** What is wrong with the result of a job that an endpoint started. */
export async function wrongResult(
  value: unknown,
  { group, name }: EndpointName,
): Promise<z.ZodError | undefined> {
  const { api: endpoints } = contract ?? (await loadContract());
  return (endpoints as Endpoints)[group]?.[name]?.startsJob?.result.safeParse(value).error;
}

/** With the first check, so that programs which do not check never load it. */
async function loadContract(): Promise<NonNullable<typeof contract>> {
  return (contract = await import('@iib-kit/contract'));
}
