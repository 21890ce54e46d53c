/** The dot product, which is the cosine where both are of unit length. */
export function dot(a: Float32Array | Float64Array, b: Float32Array | Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}

/** The sum's direction; where everything cancelled out there is none, and the fallback stands in. */
export function unitOf(sum: Float64Array, fallback: Float32Array): Float32Array {
  const length = Math.sqrt(dot(sum, sum));
  if (length < 1e-9) return Float32Array.from(fallback);
  return Float32Array.from(sum, (part) => part / length);
}
