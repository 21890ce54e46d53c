import { Readable } from 'node:stream';

import { FilePart } from '../files/file-part.ts';
import type { Reply } from '../reply.ts';

export interface WebResponseOptions {
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
  /** Called when whoever writes the answer takes no more of it. */
  readonly onCancel: (reason: unknown) => void;
  /** After so long without being asked for more, a stream is given up. */
  readonly stallSeconds: number;
}

/** A reply as a web response; streams are read only as fast as they are asked for. */
export function toWebResponse({ status, headers, body }: Reply, options: WebResponseOptions): Response {
  // Whether a connection stays open is for the server that holds it to say; HTTP/2 has no such header.
  const { connection: _, ...own } = headers;
  if (body === undefined) return new Response(null, { status, headers: own });
  if (body instanceof FilePart || body instanceof Readable) {
    const source = body instanceof FilePart ? body.stream() : body;
    return new Response(webStream(source, options), { status, headers: own });
  }
  const length = String(Buffer.byteLength(body));
  const content = typeof body === 'string' ? body : bytesOf(body);
  return new Response(content, { status, headers: { ...own, 'content-length': length } });
}

/** `Readable.toWeb` reads ahead, and gives chunks of the memory that Node shares between buffers. */
function webStream(
  source: Readable,
  { signal, onCancel, stallSeconds }: WebResponseOptions,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks: AsyncIterator<Buffer | string> = source.iterator();
  let stalling: NodeJS.Timeout | undefined;
  let giveUp = (_reason: unknown): void => {};
  // Later: servers that cancel the body too would report the failure as one of the application.
  const onAbort = () => void setImmediate(() => giveUp(signal.reason));
  const awaitTaking = () => {
    stalling = setTimeout(() => giveUp(new Error('nobody takes the answer')), stallSeconds * 1000).unref();
  };
  const stop = () => {
    clearTimeout(stalling);
    signal.removeEventListener('abort', onAbort);
    source.destroy();
  };
  return new ReadableStream(
    {
      start(controller) {
        giveUp = (reason) => {
          controller.error(reason);
          stop();
        };
        awaitTaking();
        // One that fails before it is read.
        source.once('error', () => clearTimeout(stalling));
        if (signal.aborted) onAbort();
        else signal.addEventListener('abort', onAbort, { once: true });
      },
      async pull(controller) {
        clearTimeout(stalling);
        try {
          const { done, value } = await chunks.next();
          if (done !== true) {
            // A stream of texts stays one of texts, which bodies are not made of.
            controller.enqueue(bytesOf(typeof value === 'string' ? Buffer.from(value) : value));
            awaitTaking();
          } else {
            controller.close();
            stop();
          }
        } catch (error) {
          controller.error(error);
          stop();
        }
      },
      cancel(reason) {
        onCancel(reason);
        stop();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Bytes with memory of their own, which the taker may hand on to another thread. */
function bytesOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength;
  return isWhole ? new Uint8Array(buffer) : new Uint8Array(bytes);
}
