import type { IncomingHttpHeaders } from 'node:http';

/** What tells one state of a resource from another. */
export interface Validators {
  /** With its quotes; strong: equal tags mean equal bytes. */
  readonly etag: string;
  /** Unix milliseconds, where it is known. */
  readonly modified?: number;
}

/**
 * What the conditions of a GET or HEAD come to (RFC 9110, 13.2.2): whether to go on, to answer 304, or to refuse
 * with 412.
 */
export function evaluatePreconditions(
  headers: IncomingHttpHeaders,
  { etag, modified }: Validators,
): 'go-on' | 'not-modified' | 'failed' {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined) {
    if (!listsTag(ifMatch, (listed) => listed === etag)) return 'failed';
  } else if (isLaterThan(modified, headers['if-unmodified-since']) === true) return 'failed';

  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined) {
    return listsTag(ifNoneMatch, (listed) => listed.replace(/^W\//, '') === etag) ? 'not-modified' : 'go-on';
  }
  return isLaterThan(modified, headers['if-modified-since']) === false ? 'not-modified' : 'go-on';
}

/** Whether a part may be sent as `If-Range` has it (RFC 9110, 13.1.5); a weak tag never allows it. */
export function isRangeCurrent(headers: IncomingHttpHeaders, { etag, modified }: Validators): boolean {
  const ifRange = headers['if-range'];
  if (ifRange === undefined) return true;
  if (typeof ifRange !== 'string') return false;
  if (ifRange.includes('"')) return ifRange.trim() === etag;
  return modified !== undefined && wholeSeconds(modified) === Date.parse(ifRange);
}

function listsTag(header: string, isMatch: (tag: string) => boolean): boolean {
  if (header.trim() === '*') return true;
  return header.split(',').some((tag) => isMatch(tag.trim()));
}

/** Undefined where either date is not known: such a condition does not count. */
function isLaterThan(modified: number | undefined, date: string | undefined): boolean | undefined {
  const limit = date === undefined ? Number.NaN : Date.parse(date);
  if (modified === undefined || Number.isNaN(limit)) return undefined;
  return wholeSeconds(modified) > limit;
}

/** HTTP dates have no fractions. */
function wholeSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}
