import { IndexRanges } from '../../library/lists/index-ranges.ts';

/** Where a range selection with shift begins, and what was selected besides it. */
export interface SelectionAnchor {
  readonly index: number;
  readonly base: IndexRanges;
}

export interface Selecting {
  readonly indices: IndexRanges;
  readonly anchor: SelectionAnchor | undefined;
}

/** Selects or deselects an image, from which a range selection then begins. */
export function toggle({ indices }: Selecting, index: number): Selecting {
  const one = IndexRanges.of([[index, index + 1]]);
  const toggled = indices.toggled(one);
  return { indices: toggled, anchor: { index, base: toggled.has(index) ? toggled : indices.toggled(one) } };
}

/** Selects all from the anchor to an image, instead of what was selected from this anchor before. */
export function extendTo({ indices, anchor }: Selecting, index: number, from: number): Selecting {
  const start = anchor ?? { index: from, base: indices };
  const range = [Math.min(start.index, index), Math.max(start.index, index) + 1] as const;
  return { indices: start.base.with(range), anchor: start };
}

export function selectAll(count: number): Selecting {
  return { indices: IndexRanges.of([[0, count]]), anchor: undefined };
}

export const nothingSelected: Selecting = { indices: IndexRanges.none, anchor: undefined };
