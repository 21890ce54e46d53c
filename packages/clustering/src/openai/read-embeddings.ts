import { endianness } from 'node:os';
import { z } from 'zod';
import { ClusteringError } from '../clustering-error.ts';

const answer = z.object({
  data: z.array(
    z.object({
      index: z.number().int().nonnegative().optional(),
      embedding: z.union([z.string(), z.array(z.number())]),
    }),
  ),
});

/** The vectors of an answer in the order of the texts sent. Throws `invalid-answer` unless there is one for each. */
export function readEmbeddings(body: unknown, count: number): Float32Array[] {
  const parsed = answer.safeParse(body);
  if (!parsed.success) {
    throw new ClusteringError(
      'invalid-answer',
      `the model's answer holds no embeddings: ${z.prettifyError(parsed.error)}`,
    );
  }
  const { data } = parsed.data;
  const vectors = new Map(
    data.map(({ index, embedding }, position) => [index ?? position, decode(embedding)]),
  );
  const ordered = Array.from({ length: count }, (_, index) => vectors.get(index));
  const complete = ordered.filter((vector) => vector !== undefined);
  if (data.length !== count || complete.length !== count) {
    throw new ClusteringError(
      'invalid-answer',
      `the model gave ${data.length} vectors for ${count} texts, or gave one twice`,
    );
  }
  return complete;
}

/** Base64 holds little-endian float32, as OpenAI sends it; servers that do not know it send plain numbers. */
function decode(embedding: string | number[]): Float32Array {
  if (typeof embedding !== 'string') return Float32Array.from(embedding);
  const bytes = Buffer.from(embedding, 'base64');
  const whole = bytes.subarray(0, bytes.length - (bytes.length % Float32Array.BYTES_PER_ELEMENT));
  if (endianness() === 'BE') whole.swap32();
  // Copied as a block to where floats may begin: reading a million numbers one by one would be felt on the main thread.
  return new Float32Array(new Uint8Array(whole).buffer);
}
