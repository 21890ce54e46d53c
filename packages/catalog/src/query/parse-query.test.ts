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

  const at = (year: number, month: number, day: number): number =>
    new Date(year, month - 1, day).getTime() * 1000;
  it.each([
    ['date:2024', { atLeast: at(2024, 1, 1), below: at(2025, 1, 1) }],
    ['date=2024-12', { atLeast: at(2024, 12, 1), below: at(2025, 1, 1) }],
    ['date:2024-02-29', { atLeast: at(2024, 2, 29), below: at(2024, 3, 1) }],
    ['date>2024-02', { atLeast: at(2024, 3, 1) }],
    ['date>=2024-02', { atLeast: at(2024, 2, 1) }],
    ['date<2024-02', { below: at(2024, 2, 1) }],
    ['date<=2024-02', { below: at(2024, 3, 1) }],
    ['date:2024-02..2024-03-05', { atLeast: at(2024, 2, 1), below: at(2024, 3, 6) }],
    ['date:..2023', { below: at(2024, 1, 1) }],
    ['date:2024-02-28..', { atLeast: at(2024, 2, 28) }],
  ])('takes %s for the time from the beginning or the end of what it names', (text, range) => {
    expect(parseQuery(text)).toEqual({ kind: 'date', range });
  });

  it.each([
    ['steps:20', { atLeast: 20, atMost: 20 }],
    ['steps=20', { atLeast: 20, atMost: 20 }],
    ['steps>20', { above: 20 }],
    ['steps>=20', { atLeast: 20 }],
    ['steps<20', { below: 20 }],
    ['steps<=20', { atMost: 20 }],
    ['steps:15..25', { atLeast: 15, atMost: 25 }],
    ['steps:..25', { atMost: 25 }],
  ])('takes %s for these numbers', (text, range) => {
    expect(parseQuery(text)).toEqual({ kind: 'number', field: 'steps', range });
  });
});
