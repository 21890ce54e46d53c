/** Of one call. */
export interface CallOptions {
  /** Gives the call up; it then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Sent with this request. */
  headers?: Readonly<Record<string, string>>;
  /** As the option of the client, for this call. */
  timeout?: number;
}

/** Bytes of a file: from `start` to and with `end`, or the `last` ones. */
export type ByteRange = { readonly start: number; readonly end?: number } | { readonly last: number };

/** Of a call that answers bytes. */
export interface MediaCallOptions extends CallOptions {
  /** Answers 206 with only these bytes; 200 with all where the server has no ranges. */
  range?: ByteRange;
  /** The entity tag of what is there already: answers 304 without bytes where it still holds. */
  ifNoneMatch?: string;
  /** Answers 304 without bytes where nothing changed since; in whole seconds. */
  ifModifiedSince?: Date;
  /** Heeds `range` only where this entity tag still holds, and answers everything otherwise. */
  ifRange?: string;
}

/** The headers that the options of a call stand for. */
export function callHeaders(call: MediaCallOptions): Record<string, string> {
  return {
    ...call.headers,
    ...(call.range === undefined ? {} : { range: `bytes=${rangeText(call.range)}` }),
    ...(call.ifNoneMatch === undefined ? {} : { 'if-none-match': call.ifNoneMatch }),
    ...(call.ifModifiedSince === undefined
      ? {}
      : { 'if-modified-since': call.ifModifiedSince.toUTCString() }),
    ...(call.ifRange === undefined ? {} : { 'if-range': call.ifRange }),
  };
}

function rangeText(range: ByteRange): string {
  if ('last' in range) return `-${offset('range.last', range.last)}`;
  const start = offset('range.start', range.start);
  if (range.end === undefined) return `${start}-`;
  if (offset('range.end', range.end) >= start) return `${start}-${range.end}`;
  throw new RangeError(`range.end must not be before range.start, ${start}, but is ${range.end}`);
}

function offset(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new RangeError(`${name} must be a whole number of bytes, 0 or more, not ${value}`);
}
