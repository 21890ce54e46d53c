import { HttpError } from '../http-error.ts';
import { text } from '../../ports/text.ts';

/** The memory that request bodies may take while they are read. */
export interface BodyBudget {
  /** Bytes of one body. */
  readonly bodyBytes: number;
  /** Throws `HttpError` 429 when all bodies together would take too much. */
  take(bytes: number): void;
  giveBack(bytes: number): void;
}

export function bodyBudget(limits: { bodyBytes: number; bodyBytesAtOnce: number }): BodyBudget {
  let taken = 0;
  return {
    bodyBytes: limits.bodyBytes,
    take(bytes) {
      if (taken + bytes > limits.bodyBytesAtOnce) {
        throw new HttpError(
          429,
          text('the server is reading too many request bodies', '服务器正在接收的请求数据过多'),
          { retryAfter: 1 },
        );
      }
      taken += bytes;
    },
    giveBack(bytes) {
      taken -= bytes;
    },
  };
}
