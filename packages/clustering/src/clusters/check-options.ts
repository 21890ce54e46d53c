/** Throws a RangeError naming the option unless it is above 0 and up to 1. */
export function checkShare(option: string, value: number): void {
  if (!(value > 0 && value <= 1))
    throw new RangeError(`${option} must be above 0 and at most 1, not ${value}`);
}

/** Throws a RangeError unless it is a whole number from 1 up. */
export function checkMinClusterSize(value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`minClusterSize must be a whole number from 1 up, not ${value}`);
  }
}
