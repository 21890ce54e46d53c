/** A number that both threads see: 0 until the caller cancels. */
export function createCancellationFlag(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

export function setCancellationFlag(flag: Int32Array): void {
  Atomics.store(flag, 0, 1);
}

export function isCancellationFlagSet(flag: Int32Array | undefined): boolean {
  return flag !== undefined && Atomics.load(flag, 0) !== 0;
}
