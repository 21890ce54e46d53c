import type { Text } from '../ports/text.ts';

/** A wrong use of the program; its message is one line that names what is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly text: Text;

  constructor(text: Text, options?: ErrorOptions) {
    super(text.en, options);
    this.text = text;
  }
}
