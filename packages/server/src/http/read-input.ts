import type { Endpoint, ValidationIssue } from '@iib-kit/contract';
import type { z } from 'zod';

import type { ApiRequest } from './api-request.ts';
import { HttpError } from './http-error.ts';

/** What a request says, checked against its endpoint; throws `HttpError` 422 that names each field. */
export async function readInput(endpoint: Endpoint, request: ApiRequest): Promise<unknown> {
  const source = endpoint.method === 'GET' ? 'query' : 'body';
  const raw = source === 'query' ? Object.fromEntries(request.query) : await request.readBody();
  const result = endpoint.input.safeParse(withoutNulls(raw));
  if (result.success) return result.data;
  throw new HttpError(422, validationIssues(result.error, source));
}

/** A field that is null counts as left out. */
function withoutNulls(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return raw ?? {};
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== null));
}

function validationIssues(error: z.ZodError, source: string): ValidationIssue[] {
  return error.issues.map((issue) => ({
    loc: [source, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))],
    msg: issue.message,
    type: issue.code,
  }));
}
