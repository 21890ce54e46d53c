/** Wrong use of the program that commander does not detect; its message is one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
