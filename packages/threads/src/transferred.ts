import type { TransferListItem } from 'node:worker_threads';

/** A result whose buffers move to the caller instead of being copied. */
export class Transferred<T> {
  readonly value: T;
  readonly list: readonly TransferListItem[];

  constructor(value: T, list: readonly TransferListItem[]) {
    this.value = value;
    this.list = list;
  }
}

/** Returns a value from a method, or reports it, and moves the buffers in `list` to the caller. */
export function transfer<T>(value: T, list: readonly TransferListItem[]): Transferred<T> {
  return new Transferred(value, list);
}

/** The value and what of it is moved. */
export function unwrap(value: unknown): { value: unknown; list: readonly TransferListItem[] } {
  return value instanceof Transferred ? value : { value, list: [] };
}
