import { inputPlace, type Endpoint, type ValidationIssue } from '@iib-kit/contract';
import type { z } from 'zod';

import type { ApiRequest } from './api-request.ts';
import type { BodyBudget } from './body/body-budget.ts';
import { bodyLimits } from './body/body-limits.ts';
import { HttpError } from './http-error.ts';

/** Every item of a long list may be wrong in the same way. */
const MAX_ISSUES = 50;

/**
 * What a request says, checked against its endpoint; throws `HttpError` 422 that names each field, and 400 for a
 * parameter of the path that is not percent-encoded UTF-8.
 */
export async function readInput(
  endpoint: Endpoint,
  request: Pick<ApiRequest, 'query' | 'readBody'>,
  pathParameters: Readonly<Record<string, string>>,
  room: BodyBudget,
): Promise<unknown> {
  const inPath = decodeParameters(pathParameters);
  const source = placeOf(endpoint, request);
  const raw = withoutNulls(
    source === 'query'
      ? Object.fromEntries(request.query)
      : await request.readBody(room, bodyLimits(endpoint, room)),
  );
  const result = endpoint.input.safeParse(inPath === undefined ? raw : withParameters(raw, inPath));
  if (result.success) return result.data;
  throw new HttpError(422, validationIssues(result.error, source, inPath ?? {}));
}

/** Whoever posts JSON to an endpoint that takes its input from the URL means the same. */
function placeOf(endpoint: Endpoint, { query }: Pick<ApiRequest, 'query'>): 'query' | 'body' {
  const place = inputPlace(endpoint);
  return place === 'query' && endpoint.method !== 'GET' && query.size === 0 ? 'body' : place;
}

/** Undefined where there are none. */
function decodeParameters(parameters: Readonly<Record<string, string>>): Record<string, string> | undefined {
  let decoded: Record<string, string> | undefined;
  for (const [name, text] of Object.entries(parameters)) {
    try {
      (decoded ??= {})[name] = decodeURIComponent(text);
    } catch (cause) {
      throw new HttpError(400, `${name} in the URL is not percent-encoded UTF-8`, { cause });
    }
  }
  return decoded;
}

/** What is no object stays what it is, to be refused by the schema. */
function withParameters(raw: unknown, parameters: Readonly<Record<string, string>>): unknown {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return raw;
  return { ...raw, ...parameters };
}

/** A field that is null counts as left out. */
function withoutNulls(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return raw ?? {};
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== null));
}

function validationIssues(error: z.ZodError, source: string, inPath: object): ValidationIssue[] {
  return error.issues.slice(0, MAX_ISSUES).map((issue) => ({
    loc: [
      Object.hasOwn(inPath, issue.path[0] ?? '') ? 'path' : source,
      ...issue.path.map((key) => (typeof key === 'number' ? key : String(key))),
    ],
    msg: issue.message,
    type: issue.code,
  }));
}
