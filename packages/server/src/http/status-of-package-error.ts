import type { ClusteringErrorCode } from '@iib-kit/clustering';
import type { IndexErrorCode } from '@iib-kit/catalog';
import type { ThumbnailErrorCode } from '@iib-kit/thumbnails';

import { errorCode } from '../ports/error-code.ts';
import type { HttpErrorStatus } from './http-error.ts';

/** 500 marks what is the server's own fault: the log has it, the client is told nothing of it. */
type Status = HttpErrorStatus | 500;

const statusOfIndexError: Readonly<Record<IndexErrorCode, Status>> = {
  'cannot-open': 500,
  'not-a-database': 500,
  'newer-schema': 500,
  corrupt: 500,
  locked: 500,
  'read-only': 500,
  'disk-full': 500,
  'input-output': 500,
  'unknown-tag': 404,
  'not-indexed': 404,
  'unknown-path': 404,
  'name-taken': 409,
  'invalid-cursor': 400,
  'invalid-query': 400,
  'invalid-line': 400,
  'invalid-regexp': 400,
  'regexp-timeout': 408,
  'worker-failed': 500,
  closed: 503,
};

const statusOfThumbnailError: Readonly<Record<ThumbnailErrorCode, Status>> = {
  'not-found': 404,
  'not-a-file': 400,
  unreadable: 403,
  'not-an-image': 400,
  'not-a-video': 400,
  'no-video-stream': 400,
  truncated: 400,
  unsupported: 400,
  'too-large': 413,
  'external-reference': 400,
  timeout: 408,
  crashed: 400,
  'queue-full': 429,
  'no-video-decoder': 500,
  'renderer-unavailable': 500,
  'cache-unwritable': 500,
  closed: 503,
};

/** Statuses from 502 on tell that the model's provider failed, not the request. */
const statusOfClusteringError: Readonly<Record<ClusteringErrorCode, Status>> = {
  'empty-text': 400,
  'invalid-vector': 502,
  'dimension-mismatch': 502,
  'invalid-rarity': 500,
  'missing-api-key': 400,
  unauthorized: 502,
  'quota-exceeded': 502,
  'unknown-model': 400,
  rejected: 400,
  'rate-limited': 429,
  unavailable: 502,
  timeout: 504,
  'invalid-answer': 502,
  'worker-failed': 500,
};

const statusesByName: Readonly<Record<string, Readonly<Record<string, Status>>>> = {
  IndexError: statusOfIndexError,
  ThumbnailError: statusOfThumbnailError,
  ClusteringError: statusOfClusteringError,
};

/** The status for an error of one of our packages; undefined for what is the server's own fault or unknown. */
export function statusOfPackageError(error: unknown): HttpErrorStatus | undefined {
  if (!(error instanceof Error)) return undefined;
  const status = lookUp(error.name, errorCode(error));
  return status === 500 ? undefined : status;
}

/** By name, not class: an index or a thumbnailer that the caller passed in may come from another copy. */
function lookUp(name: string, code: string | undefined): Status | undefined {
  if (code === undefined) return undefined;
  return statusesByName[name]?.[code];
}
