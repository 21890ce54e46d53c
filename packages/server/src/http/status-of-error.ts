import type { ClusteringErrorCode } from '@iib-kit/clustering';
import type { IndexErrorCode } from '@iib-kit/catalog';
import type { ThumbnailErrorCode } from '@iib-kit/thumbnails';

import { errorCode } from '../ports/error-code.ts';
import type { RefusalCode } from '../ports/refusal-codes.ts';
import { Refusal } from '../ports/refusal.ts';
import { HttpError, type HttpErrorStatus } from './http-error.ts';

/** 500 marks what is the server's own fault: the log has it, the client is told nothing of it. */
type Status = HttpErrorStatus | 500;

export const statusOfRefusal: Readonly<Record<RefusalCode, HttpErrorStatus>> = {
  'empty-path': 400,
  'name-not-utf8': 400,
  unreadable: 403,
  'link-loop': 400,
  'path-too-long': 400,
  unreachable: 404,
  'outside-allowed-folders': 403,
  'outside-base-directory': 403,
  'unusable-in-base-directory': 400,
  'unreachable-in-base-directory': 404,
  'no-base-directory': 404,

  missing: 404,
  'not-permitted': 403,
  'folder-unreadable': 403,
  'read-only-drive': 403,
  exists: 409,
  'no-free-name': 409,
  'names-clash': 409,
  'not-a-file': 400,
  'not-a-folder': 400,
  'is-a-folder': 400,
  'folder-not-empty': 400,
  'only-files-copied': 400,
  'neither-file-nor-folder': 400,
  'file-as-folder': 400,
  'file-in-the-way': 409,
  'name-too-long': 400,
  'unusable-name': 400,
  'links-in-a-loop': 400,
  'relative-link': 400,
  'drive-full': 409,
  'quota-exceeded': 409,
  'too-large-for-drive': 409,
  'in-use': 409,
  'drive-unreachable': 503,
  'too-many-open-files': 503,
  'into-itself': 400,
  'changed-since-planned': 409,
  'changed-while-moved': 409,
  'library-folder': 400,
  'own-path': 400,
  'invalid-file-name': 400,
  'not-in-trash': 404,
  'no-desktop': 400,

  'no-video-decoder': 501,

  'too-many-archives': 429,
  'no-such-archive': 404,
  'too-many-streams': 429,
  'too-many-jobs': 429,
  'job-cancelled': 409,
  closed: 503,

  'invalid-auto-tag-rules': 400,

  'no-such-organize-run': 404,
  'not-awaiting-confirmation': 400,
  'nothing-to-undo': 400,
  'no-such-planned-cluster': 400,
  'invalid-folder-name': 400,
  'images-without-vectors': 503,

  'no-model': 400,
  'unsupported-model': 400,
  'empty-query': 400,
  'image-not-indexed': 404,
  'no-prompt': 400,
  'provider-late': 504,
  'provider-unreachable': 502,
  'provider-unintelligible': 502,
  'provider-overloaded': 429,
  'provider-timed-out': 504,
  'provider-rejected': 400,
  'provider-failed': 502,

  'directory-entry-missing': 404,
  'not-a-directory': 400,
  'not-a-medium': 400,
  'invalid-seed-cursor': 400,
};

const statusOfIndexError: Readonly<Record<IndexErrorCode, Status>> = {
  'cannot-open': 500,
  'not-a-database': 500,
  'newer-schema': 500,
  corrupt: 500,
  locked: 503,
  'read-only': 503,
  'disk-full': 507,
  'input-output': 503,
  replaced: 503,
  'unknown-tag': 404,
  'not-indexed': 404,
  'unknown-path': 404,
  'name-taken': 409,
  'invalid-cursor': 400,
  'invalid-query': 400,
  'invalid-line': 400,
  'invalid-regexp': 400,
  'regexp-timeout': 408,
  'worker-failed': 503,
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
  'no-video-decoder': 501,
  'renderer-unavailable': 500,
  'cache-unwritable': 503,
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

/** Of a thread that lists folders or the like: another takes its place. */
const statusOfWorkerError: Readonly<Record<string, Status>> = { failed: 503, ended: 503, unreachable: 503 };

const statusesByName: Readonly<Record<string, Readonly<Record<string, Status>>>> = {
  IndexError: statusOfIndexError,
  ThumbnailError: statusOfThumbnailError,
  ClusteringError: statusOfClusteringError,
  WorkerError: statusOfWorkerError,
};

/** An error as a refusal, where it is one; undefined for others. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  const hasNoDecoder =
    error instanceof Error && error.name === 'ThumbnailError' && errorCode(error) === 'no-video-decoder';
  // Its own words name an option of the thumbnailer, which a server does not have.
  return hasNoDecoder ? new Refusal('no-video-decoder', {}, { cause: error }) : undefined;
}

/** The refusal as an answer. Archives are made in seconds; a provider says itself when to come again. */
export function refusedReply(refusal: Refusal): HttpError {
  const { code, text, details } = refusal;
  const given = 'retryAfter' in details ? details.retryAfter : undefined;
  const retryAfter = code === 'too-many-archives' ? '5' : given;
  const headers = typeof retryAfter === 'string' ? { 'retry-after': retryAfter } : {};
  return new HttpError(statusOfRefusal[code], text, { cause: refusal, headers });
}

/** The status for an error of one of our packages; undefined for what is the server's own fault or unknown. */
export function statusOfPackageError(error: unknown): HttpErrorStatus | undefined {
  if (!(error instanceof Error)) return undefined;
  // By name, not class: an index or a thumbnailer that the caller passed in may come from another copy.
  const status = statusesByName[error.name]?.[errorCode(error) ?? ''];
  return status === 500 ? undefined : status;
}

/** What clients may be told of an error; undefined for one that is the server's own. */
export function messageForClients(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const refusal = refusalOf(error);
  if (refusal !== undefined) return refusal.message;
  const isForThem = error instanceof HttpError || statusOfPackageError(error) !== undefined;
  return isForThem ? error.message : undefined;
}
