import { z } from 'zod';

import { endpoint } from '../endpoint.ts';

export const system = {
  hello: endpoint({
    method: 'GET',
    path: '/hello',
    summary: 'Tell that the server is there',
    permission: 'open',
    input: z.object({}),
    output: z.literal('hello'),
    errors: [],
    example: {},
  }),
  version: endpoint({
    method: 'GET',
    path: '/version',
    summary: 'Tell what is running',
    permission: 'read',
    input: z.object({}),
    output: z.object({
      name: z.string().describe('Package name of the server'),
      tag: z.string().describe('Its version'),
      hash: z.string().nullable().describe('Commit it was built from, where known'),
      platform: z.string().describe('Operating system and processor'),
      node_version: z.string(),
    }),
    errors: [],
    example: {},
  }),
};
