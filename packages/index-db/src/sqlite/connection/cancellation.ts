let flag: Int32Array | undefined;

/** Takes the memory that tells this thread, while it never waits, that the query it answers was cancelled. */
export function setCancellationFlag(shared: Int32Array | undefined): void {
  flag = shared;
}

/** Throws when the query was cancelled. Costs nanoseconds: called for every row by what reads many. */
export function throwIfCancelled(): void {
  if (flag !== undefined && Atomics.load(flag, 0) !== 0) throw new Error('The query was cancelled');
}
