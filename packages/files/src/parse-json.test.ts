import fc from 'fast-check';
import { expect, test } from 'vitest';

import { parseJson } from './parse-json.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const roomy = { depth: 100, values: 100_000 };

test('what is within the limits is parsed as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(parseJson(bytes(text), roomy)).toEqual(JSON.parse(text));
    }),
  );
});

test.each([
  ['[[1]]', 2, 1],
  ['{"a":{"b":[]}}', 3, 2],
  ['{"a":{"b":[[]]}}', 4, 3],
])('%s is %i levels deep', (text, depth, tooFew) => {
  expect(parseJson(bytes(text), { ...roomy, depth })).toEqual(JSON.parse(text));
  expect(() => parseJson(bytes(text), { ...roomy, depth: tooFew })).toThrow(
    expect.objectContaining({ limit: 'depth', message: `JSON can be at most ${tooFew} levels deep` }),
  );
});

test.each([
  ['[1,2,3]', 4],
  ['{"a":1,"b":[2]}', 4],
  ['["[,,,{"]', 2],
  ['["\\",[\\\\",2]', 3],
  ['["é,狐[",2]', 3],
])('%s holds no more than %i values', (text, values) => {
  expect(parseJson(bytes(text), { ...roomy, values })).toEqual(JSON.parse(text));
  expect(() => parseJson(bytes(text), { ...roomy, values: values - 1 })).toThrow(
    expect.objectContaining({ limit: 'values' }),
  );
});

test.each(['[1', '"half', '"half\\', '', '{]'])('%s is refused as JSON.parse does', (text) => {
  expect(() => parseJson(bytes(text), roomy)).toThrow(SyntaxError);
});

test('bytes that are no UTF-8 are refused', () => {
  expect(() => parseJson(Uint8Array.of(0x22, 0xff, 0x22), roomy)).toThrow(TypeError);
});
