const floatBytes = Float32Array.BYTES_PER_ELEMENT;

/**
 * A vector as it is stored: all its numbers or, where that is shorter, a bit for each that is not 0, and these numbers. Nothing
 * is lost but the sign of a 0. The local embedder leaves a third to nine tenths of the numbers 0.
 */
export function toBlob(vector: Float32Array): Buffer {
  const dense = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
  const numbers = vector.filter((value) => value !== 0);
  const bitBytes = Math.ceil(vector.length / 8);
  // The two are told apart by their lengths.
  if (bitBytes + numbers.byteLength >= dense.byteLength) return dense;
  const sparse = Buffer.alloc(bitBytes + numbers.byteLength);
  for (const [index, value] of vector.entries()) {
    if (value !== 0) sparse[index >> 3] = (sparse[index >> 3] ?? 0) | (1 << (index & 7));
  }
  Buffer.from(numbers.buffer).copy(sparse, bitBytes);
  return sparse;
}

/** The numbers in a blob of a vector with so many. */
export function toVector(bytes: Buffer, dimension: number): Float32Array {
  if (bytes.byteLength >= dimension * floatBytes) return floatsAt(bytes, 0, dimension);
  const bitBytes = Math.ceil(dimension / 8);
  const numbers = floatsAt(bytes, bitBytes, Math.floor((bytes.byteLength - bitBytes) / floatBytes));
  const vector = new Float32Array(dimension);
  let next = 0;
  for (let index = 0; index < dimension; index += 1) {
    if (((bytes[index >> 3] ?? 0) & (1 << (index & 7))) === 0) continue;
    vector[index] = numbers[next] ?? 0;
    next += 1;
  }
  return vector;
}

/** Copied where they do not begin at a multiple of four, as typed arrays need. */
function floatsAt(bytes: Buffer, offset: number, length: number): Float32Array {
  if (length <= 0) return new Float32Array(0);
  const start = bytes.byteOffset + offset;
  if (start % floatBytes === 0) return new Float32Array(bytes.buffer, start, length);
  return new Float32Array(bytes.buffer.slice(start, start + length * floatBytes));
}
