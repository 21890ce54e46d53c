/** Bytes of a file, both ends included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The one range that a `Range` header asks of so many bytes (RFC 9110, 14.1.2). Undefined where the whole is to be
 * sent: for other units, what is no range, and several ranges at once, which a server may ignore.
 */
export function parseByteRange(header: string, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=[\t ]*(\d*)-(\d*)[\t ]*$/i.exec(header) ?? [];
  if (first === '') return last === '' ? undefined : suffix(Number(last), size);
  const from = Number(first);
  const to = last === '' ? Infinity : Number(last);
  if (to < from) return undefined;
  return from >= size ? 'unsatisfiable' : { first: from, last: Math.min(to, size - 1) };
}

/** The last bytes of a file; an empty file has none, and is sent whole. */
function suffix(length: number, size: number): ByteRange | 'unsatisfiable' | undefined {
  if (length === 0) return 'unsatisfiable';
  return size === 0 ? undefined : { first: Math.max(0, size - length), last: size - 1 };
}
