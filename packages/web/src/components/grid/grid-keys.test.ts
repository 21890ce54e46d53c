import { expect, test } from 'vitest';

import { GridKeys } from './grid-keys.ts';
import { createListLayout } from './list-layout.ts';

const measures = { columns: 4, rowHeight: 100, headerHeight: 40 };
const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

function keysAt(focused: number, count = 30): GridKeys {
  const layout = createListLayout([{ date: null, count }], measures);
  return new GridKeys({ layout: () => layout, pageRows: () => 3, focused: () => focused });
}

test.each([
  ['ArrowRight', 6],
  ['ArrowLeft', 4],
  ['ArrowDown', 9],
  ['ArrowUp', 1],
  ['PageDown', 17],
  ['PageUp', 1],
  ['Home', 0],
  ['End', 29],
])('%s goes from the sixth of thirty to place %i, and takes along with shift', (key, index) => {
  expect(keysAt(5).read({ ...plain, key })).toEqual({ kind: 'move', index, isExtending: false });
  expect(keysAt(5).read({ ...plain, key, shiftKey: true })).toEqual({
    kind: 'move',
    index,
    isExtending: true,
  });
});

test('keys that are the browser’s stay so', () => {
  for (const press of [
    { key: 'c', ctrlKey: true },
    { key: 'ArrowLeft', altKey: true },
    { key: 'Tab' },
    { key: 'x' },
  ]) {
    expect(keysAt(5).read({ ...plain, ...press })).toBeUndefined();
  }
  expect(keysAt(0, 0).read({ ...plain, key: 'End' })).toBeUndefined();
});

test('space, enter, escape and ctrl+a', () => {
  const kinds = [' ', 'Enter', 'Escape'].map((key) => keysAt(0).read({ ...plain, key })?.kind);
  expect(kinds).toEqual(['toggle', 'open', 'none']);
  expect(keysAt(0).read({ ...plain, key: 'a', ctrlKey: true })).toEqual({ kind: 'all' });
  expect(keysAt(0).read({ ...plain, key: 'a', metaKey: true })).toEqual({ kind: 'all' });
});
