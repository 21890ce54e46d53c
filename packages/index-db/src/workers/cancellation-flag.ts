/** Message of the error with which a scan ends when it was told to stop. */
export const stopMessage = 'The update was stopped';

/** A number that several threads see: 0 until it is raised. */
export function createStopFlag(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4));
}

export function lowerStopFlag(flag: Int32Array): void {
  Atomics.store(flag, 0, 0);
}

export function raiseStopFlag(flag: Int32Array): void {
  Atomics.store(flag, 0, 1);
}
