import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

import type { Reply } from '../reply.ts';

/** Answers up to this many bytes lie in the buffers of the system; no client can hold them up. */
const SMALL = 64 * 1024;

/** Cuts a client off that takes nothing of an answer for so long. Call before the answer is written. */
export function limitStall(
  response: Pick<ServerResponse, 'setTimeout' | 'writableLength' | 'destroy'>,
  { body }: Reply,
  seconds: number,
): void {
  const isSmall = body === undefined || (!(body instanceof Readable) && body.length <= SMALL);
  if (isSmall) return;
  const milliseconds = seconds * 1000;
  response.setTimeout(milliseconds, () => {
    // With nothing to take, it is the answer that waits for its source, as a stream of events does.
    if (response.writableLength === 0) response.setTimeout(milliseconds);
    else response.destroy();
  });
}
