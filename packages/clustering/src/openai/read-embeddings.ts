import { endianness } from 'node:os';
import { ClusteringError } from '../clustering-error.ts';

/** The vectors of an answer in the order of the texts sent. Throws `invalid-answer` unless there is one for each. */
export function readEmbeddings(body: unknown, count: number): Float32Array[] {
  const data = isRecord(body) ? body['data'] : undefined;
  if (!Array.isArray(data)) throw invalid("the model's answer holds no embeddings: it has no list `data`");
  const vectors = new Map<unknown, Float32Array>();
  if (data.length === count) {
    for (const [position, entry] of data.entries()) {
      const { index, embedding } = isRecord(entry) ? entry : {};
      vectors.set(index ?? position, decode(embedding, position));
    }
  }
  const ordered = Array.from({ length: count }, (_, index) => vectors.get(index));
  const complete = ordered.filter((vector) => vector !== undefined);
  if (complete.length === count) return complete;
  throw invalid(`the model gave ${data.length} vectors for ${count} texts, or gave one twice`);
}

/** Base64 holds little-endian float32, as OpenAI sends it; servers that do not know it send plain numbers. */
function decode(embedding: unknown, position: number): Float32Array {
  // Checked by hand: a schema would list every wrong number of a million.
  if (Array.isArray(embedding) && embedding.every((value) => typeof value === 'number'))
    return Float32Array.from(embedding);
  if (typeof embedding !== 'string') throw invalid(`entry ${position} of the model's answer holds no vector`);
  const bytes = Buffer.from(embedding, 'base64');
  if (!/^[\w+/-]*={0,2}$/.test(embedding) || bytes.length % Float32Array.BYTES_PER_ELEMENT !== 0)
    throw invalid(`entry ${position} of the model's answer is no base64 of 32-bit floats`);
  if (endianness() === 'BE') bytes.swap32();
  // Copied as a block to where floats may begin: reading a million numbers one by one would be felt on the main thread.
  return new Float32Array(new Uint8Array(bytes).buffer);
}

function invalid(message: string): ClusteringError {
  return new ClusteringError('invalid-answer', message);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
