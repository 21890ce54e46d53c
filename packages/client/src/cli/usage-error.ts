/** A wrong use of the program that the table of options cannot tell; its message is one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
