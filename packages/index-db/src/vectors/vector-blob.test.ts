import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBlob, toVector } from './vector-blob.ts';

const number = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.float({ noNaN: true }));

describe('a vector as a blob', () => {
  it('is read as it was written, wherever its bytes begin', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 200 }), fc.nat(7), (numbers, shift) => {
        const vector = Float32Array.from(numbers, (value) => value + 0);
        const blob = toBlob(vector);
        const shifted = Buffer.concat([Buffer.alloc(shift), blob]).subarray(shift);
        expect([...toVector(shifted, vector.length)]).toEqual([...vector]);
        expect(blob.length).toBeLessThanOrEqual(vector.byteLength);
      }),
    );
  });

  it('of few numbers takes little room, and one without a 0 what it always took', () => {
    const sparse = new Float32Array(768);
    sparse.set([1, -2, 3], 400);
    expect(toBlob(sparse)).toHaveLength(96 + 3 * 4);
    expect(toBlob(new Float32Array(768).fill(0.5))).toHaveLength(768 * 4);
    expect(toBlob(new Float32Array(768))).toHaveLength(96);
  });

  it('of other software is read as far as it goes', () => {
    expect([...toVector(Buffer.from(Float32Array.of(1, 0, 2).buffer), 3)]).toEqual([1, 0, 2]);
    expect([...toVector(Buffer.alloc(0), 2)]).toEqual([0, 0]);
  });
});
