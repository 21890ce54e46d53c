import { assert, bigInt, json, property } from 'fast-check';
import { expect, test } from 'vitest';
import { maximumJsonDepth, parseNestedJson, parseTolerantJson } from './parse-tolerant-json.ts';

test('agrees with JSON.parse on every JSON document', () => {
  assert(
    property(json({ maxDepth: 5 }), (text) => {
      expect(parseTolerantJson(text)).toEqual(withoutUnsafeIntegers(JSON.parse(text)));
    }),
  );
});

test('keeps every digit of an integer beyond 2^53', () => {
  assert(
    property(bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), (integer) => {
      const parsed = parseTolerantJson(`{"seed": ${integer}}`);
      const isSafe = Number.isSafeInteger(Number(integer));
      expect(parsed).toEqual({ seed: isSafe ? Number(integer) : integer });
    }),
  );
});

test.each([
  ['NaN as written by Python', '[NaN, Infinity, -Infinity]', [Number.NaN, Infinity, -Infinity]],
  ['the word NaN inside a prompt', '{"text": "NaN, Infinity"}', { text: 'NaN, Infinity' }],
  ['a byte order mark', '\uFEFF{"a": 1}', { a: 1 }],
  ['trailing NUL bytes', '{"a": 1}\0\0', { a: 1 }],
  ['bare line breaks in a string', '{"a": "x\r\ny"}', { a: 'x\r\ny' }],
  ['trailing commas', '{"a": [1, 2,],}', { a: [1, 2] }],
  ['escapes', String.raw`"\u00e9\n\"\\\/\ud83d\ude00"`, 'é\n"\\/😀'],
])('accepts %s', (_, text, value) => {
  expect(parseTolerantJson(text)).toEqual(value);
});

test.each([
  ['an infotext', 'a cat\nSteps: 20, Seed: 1'],
  ['an empty text', ''],
  ['a document cut short', '{"a": [1, 2'],
  ['a string cut short', '{"a": "b'],
  ['two documents', '{} {}'],
  ['an unquoted key', '{a: 1}'],
  ['a wrong escape', String.raw`"\x41"`],
  ['an escape cut short', String.raw`"\u00e"`],
  ['missing commas', '[1 2]'],
])('refuses %s', (_, text) => {
  expect(parseTolerantJson(text)).toBeUndefined();
});

test('refuses nesting beyond its limit and reads up to it', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  expect(parseTolerantJson(nested(maximumJsonDepth))).toBeDefined();
  expect(parseTolerantJson(nested(maximumJsonDepth + 2))).toBeUndefined();
  expect(parseTolerantJson('['.repeat(1_000_000))).toBeUndefined();
});

test('objects have no inherited members, and __proto__ is a key like any other', () => {
  const parsed = parseTolerantJson('{"__proto__": {"a": 1}}');
  expect(Object.keys(parsed as object)).toEqual(['__proto__']);
  expect('constructor' in (parsed as object)).toBe(false);
  expect('__proto__' in (parseTolerantJson('{}') as object)).toBe(false);
});

test('unwraps JSON that was stringified up to three more times', () => {
  const graph = { '3': { class_type: 'KSampler' } };
  let text = JSON.stringify(graph);
  for (let layer = 0; layer < 3; layer += 1) {
    text = JSON.stringify(text);
    expect(parseNestedJson(text)).toEqual(graph);
  }
  expect(parseNestedJson('"just a prompt"')).toBe('just a prompt');
});

function withoutUnsafeIntegers(value: unknown): unknown {
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    // fast-check prints such numbers with an exponent or with all their digits.
    return String(value).includes('e') ? value : BigInt(String(value));
  }
  if (Array.isArray(value)) return value.map(withoutUnsafeIntegers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, withoutUnsafeIntegers(member)]),
  );
}
