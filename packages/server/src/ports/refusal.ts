import type { RefusalCode, RefusalDetails } from './refusal-codes.ts';
import { refusalText } from './refusal-text.ts';
import type { Text } from './text.ts';

/** What a domain room throws for a request that it will not or cannot serve. The edge turns its code into a status. */
export class Refusal<Code extends RefusalCode = RefusalCode> extends Error {
  override readonly name = 'Refusal';
  readonly code: Code;
  readonly details: RefusalDetails[Code];
  /** What clients are told. */
  readonly text: Text;

  constructor(code: Code, details: RefusalDetails[Code], options?: ErrorOptions) {
    const text = refusalText(code, details);
    super(text.en, options);
    this.code = code;
    this.details = details;
    this.text = text;
  }
}

/** The service is closing or closed. */
export function serviceClosed(): Refusal<'closed'> {
  return new Refusal('closed', {});
}

export function isServiceClosed(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'closed';
}
