import { IndexError, type IndexErrorCode, type IndexErrorDetails } from '@iib-kit/catalog';
import type { ReviveError } from '@iib-kit/threads';

/** Makes the `IndexError` of a thread one of the calling thread again. */
export const reviveIndexError: ReviveError = ({ name, message, properties }, cause) => {
  if (name !== 'IndexError') return undefined;
  const { code, details } = properties as { code: IndexErrorCode; details: IndexErrorDetails };
  return new IndexError(code, message, { details, cause });
};
