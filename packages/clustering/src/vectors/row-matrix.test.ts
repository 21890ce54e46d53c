import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import wabt from 'wabt';
import { expect, test } from 'vitest';
import { dotKernelCode } from './dot-kernel-code.ts';
import { RowMatrix } from './row-matrix.ts';
import { dot } from './unit-vector.ts';

const part = fc.float({ min: -1, max: 1, noNaN: true });
const rowsOf = (dimension: number, maxLength: number) =>
  fc.array(
    fc.array(part, { minLength: dimension, maxLength: dimension }).map((row) => Float32Array.from(row)),
    { minLength: 1, maxLength },
  );

test('the committed code is what dot-kernel.wat compiles to', async () => {
  const compiler = await wabt();
  const source = readFileSync(new URL('dot-kernel.wat', import.meta.url), 'utf8');
  const { buffer } = compiler.parseWat('dot-kernel.wat', source, { simd: true }).toBinary({});
  expect(Buffer.from(buffer).toString('base64')).toBe(dotKernelCode);
});

test('dot products agree with a plain loop for any dimension and number of vectors', () => {
  const cases = fc
    .integer({ min: 1, max: 21 })
    .chain((dimension) => fc.tuple(rowsOf(dimension, 90), rowsOf(dimension, 64)));
  fc.assert(
    fc.property(cases, ([rows, vectors]) => {
      const matrix = new RowMatrix(vectors[0]?.length ?? 0, rows.length);
      for (const [index, row] of rows.entries()) matrix.set(index, row);
      const products = matrix.dots(vectors);
      expect(products.length).toBe(rows.length * vectors.length);
      for (const [v, vector] of vectors.entries()) {
        for (const [r, row] of rows.entries()) {
          expect(products[v * rows.length + r]).toBeCloseTo(dot(vector, row), 4);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('rows wider than a tile and a start within the rows give the same products', () => {
  const dimension = 1_537;
  const rows = Array.from({ length: 100 }, (_, index) =>
    Float32Array.from({ length: dimension }, (_, at) => Math.sin(index * 31 + at)),
  );
  const matrix = new RowMatrix(dimension, rows.length);
  for (const [index, row] of rows.entries()) matrix.set(index, row);
  const vectors = rows.slice(0, 5);
  const products = Array.from(matrix.dots(vectors, 30));
  const expected = vectors.flatMap((vector) => rows.slice(30).map((row) => dot(vector, row)));
  expect(products.length).toBe(expected.length);
  for (const [index, product] of products.entries())
    expect(product).toBeCloseTo(expected[index] ?? Number.NaN, 2);
});

test('the product of two vectors does not depend on where they stand', () => {
  const rows = Array.from({ length: 9 }, (_, index) =>
    Float32Array.from({ length: 33 }, (_, at) => Math.cos(index * 17 + at)),
  );
  const matrix = new RowMatrix(33, rows.length);
  for (const [index, row] of rows.entries()) matrix.set(index, row);
  const whole = matrix.dots(rows).slice();
  for (const [v, vector] of rows.entries()) {
    for (let r = 0; r < rows.length; r++) expect(matrix.dots([vector])[r]).toBe(whole[v * rows.length + r]);
  }
});

test('a truncated matrix takes rows anew', () => {
  const matrix = new RowMatrix(2, 3);
  matrix.set(0, Float32Array.of(1, 0));
  matrix.set(1, Float32Array.of(0, 1));
  matrix.truncate(1);
  matrix.set(1, Float32Array.of(0.5, 0.5));
  expect(Array.from(matrix.dots([Float32Array.of(1, 0)]))).toEqual([1, 0.5]);
  expect(() => matrix.set(3, Float32Array.of(1, 1))).toThrow(RangeError);
});
