import { describe, expect, it } from 'vitest';
import { mediaTypes } from '../roles/indexed-image.ts';
import { parseQuery } from './parse-query.ts';

describe('parseQuery', () => {
  it.each([
    ['(fox', 0],
    ['fox)', 3],
    ['fox OR', 4],
    ['OR fox', 0],
    ['a ()', 3],
    ['"fox', 0],
    ['steps:abc', 0],
    ['a steps>', 2],
    ['type:painting', 0],
    ['has:wings', 0],
    ['model>x', 0],
    ['date:2024-13', 0],
    ['date:2024-02-31', 0],
    ['steps>1..2', 0],
    ['('.repeat(60), 50],
  ])('refuses %s', (text, position) => {
    expect(() => parseQuery(text)).toThrow(
      expect.objectContaining({ code: 'invalid-query', details: { position } }),
    );
  });

  it.each([
    ['(holding_flower:1.2)', { kind: 'text', text: 'holding_flower:1.2' }],
    ['score:9', { kind: 'text', text: 'score:9' }],
    ['"a \\"b\\" (c)"', { kind: 'text', text: 'a "b" (c)' }],
    ['-', { kind: 'text', text: '-' }],
    ['well-lit', { kind: 'text', text: 'well-lit' }],
    ['', { kind: 'and', nodes: [] }],
    ['type:VIDEO', { kind: 'type', media: mediaTypes.indexOf('video') }],
    ['size:1.5mb..', { kind: 'number', field: 'size', range: { atLeast: 1.5 * 1024 ** 2 } }],
  ])('understands %s', (text, expected) => {
    expect(parseQuery(text)).toEqual(expected);
  });
});
