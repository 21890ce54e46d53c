/** A wrong use of the program; its message is one line that names what is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
