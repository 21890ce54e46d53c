import { IndexRanges } from '../../library/lists/index-ranges.ts';

/** What shift extends: from which image, and what was selected besides. */
export interface SelectionAnchor {
  readonly index: number;
  readonly base: IndexRanges;
}

export interface Selecting {
  readonly places: IndexRanges;
  readonly anchor: SelectionAnchor | undefined;
}

/** One image in or out; shift goes on from it. */
export function toggle({ places }: Selecting, index: number): Selecting {
  const one = IndexRanges.of([[index, index + 1]]);
  const toggled = places.toggled(one);
  return { places: toggled, anchor: { index, base: toggled.has(index) ? toggled : places.toggled(one) } };
}

/** All from the anchor to an image, in place of what the same anchor selected before. */
export function extendTo({ places, anchor }: Selecting, index: number, from: number): Selecting {
  const start = anchor ?? { index: from, base: places };
  const range = [Math.min(start.index, index), Math.max(start.index, index) + 1] as const;
  return { places: start.base.with(range), anchor: start };
}

export function selectAll(count: number): Selecting {
  return { places: IndexRanges.of([[0, count]]), anchor: undefined };
}

export const nothingSelected: Selecting = { places: IndexRanges.none, anchor: undefined };
