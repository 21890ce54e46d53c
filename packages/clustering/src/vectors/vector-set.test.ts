import { expect, test } from 'vitest';
import { VectorSet } from './vector-set.ts';

test('vectors come out at unit length, whatever their size', () => {
  const set = VectorSet.of([
    [3, 4],
    [1e-30, 0],
    [-3e30, 4e30],
    // Their squares are beyond what a number holds.
    [3e-200, 4e-200],
    [3e200, -4e200],
  ]);
  expect(Array.from(set.at(0))).toEqual([Math.fround(0.6), Math.fround(0.8)]);
  expect(Array.from(set.at(1))).toEqual([1, 0]);
  expect(Array.from(set.at(2))).toEqual([Math.fround(-0.6), Math.fround(0.8)]);
  expect(Array.from(set.at(3))).toEqual([Math.fround(0.6), Math.fround(0.8)]);
  expect(Array.from(set.at(4))).toEqual([Math.fround(0.6), Math.fround(-0.8)]);
});

test('a set grows beyond its capacity and keeps what it had', () => {
  const set = new VectorSet(2, { capacity: 1 });
  for (let index = 0; index < 200; index++) expect(set.add([index + 1, 0])).toBe(index);
  expect(set.count).toBe(200);
  expect(set.parts().values.length).toBe(400);
  expect([0, 1, 127, 128, 199].map((index) => Array.from(set.at(index)))).toEqual(
    Array.from({ length: 5 }, () => [1, 0]),
  );
});

test('parts handed out before more is added stay as they were', () => {
  const set = VectorSet.of([[1, 0]]);
  const before = set.parts();
  for (let index = 0; index < 100; index++) set.add([0, 1]);
  expect(before.count).toBe(1);
  expect(Array.from(before.values)).toEqual([1, 0]);
  expect(before.values.buffer).toBeInstanceOf(SharedArrayBuffer);
});

test.each([
  ['NaN', [Number.NaN, 1]],
  ['infinity', [Infinity, 1]],
  ['all zeros', [0, 0]],
])('%s is an invalid vector and leaves the set as it was', (_, vector) => {
  const set = VectorSet.of([[1, 0]]);
  expect(() => set.add(vector)).toThrow(expect.objectContaining({ code: 'invalid-vector' }));
  expect(set.count).toBe(1);
});

test('a vector of another dimension does not fit', () => {
  const set = VectorSet.of([[1, 0]]);
  expect(() => set.add([1, 0, 0])).toThrow(expect.objectContaining({ code: 'dimension-mismatch' }));
});

test.each([0, -1, 1.5, Number.NaN])('dimension %s is refused', (dimension) => {
  expect(() => new VectorSet(dimension)).toThrow(/^dimension must be/);
});

test.each([-1, 1, 0.5])('there is no vector at %s in a set of one', (index) => {
  expect(() => VectorSet.of([[1, 0]]).at(index)).toThrow(/^index must be from 0 to 0/);
});
