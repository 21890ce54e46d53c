const hashPattern = /^[\da-f]{16}$/u;

/**
 * Counts the bits in which two perceptual hashes differ: 0 for the same picture, up to about 10 for
 * near-duplicates (another size, format or quality), around 32 for pictures that have nothing in common.
 *
 * @throws TypeError when one is not 16 hexadecimal digits
 */
export function hashDistance(a: string, b: string): number {
  let different = toBits(a) ^ toBits(b);
  let count = 0;
  for (; different > 0n; different &= different - 1n) count += 1;
  return count;
}

function toBits(hash: string): bigint {
  if (!hashPattern.test(hash)) throw new TypeError(`Not a perceptual hash: ${hash}`);
  return BigInt(`0x${hash}`);
}
