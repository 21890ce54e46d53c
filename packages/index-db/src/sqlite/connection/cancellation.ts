let flag: Int32Array | undefined;

/** Lets another thread tell this one that nobody waits any more for what it is asked. */
export function listenForAbandoning(stopFlag: Int32Array): void {
  flag = stopFlag;
}

/** Throws when nobody waits any more. Costs nanoseconds: called for every row by what looks at many. */
export function throwIfAbandoned(): void {
  if (flag !== undefined && Atomics.load(flag, 0) !== 0)
    throw new Error('Nobody waits for the answer any more');
}
