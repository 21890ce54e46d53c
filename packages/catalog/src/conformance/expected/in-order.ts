import type { QuerySort } from '../../roles/image-searches.ts';
import { nameKey } from '../../text/base-name.ts';
import type { Picture } from './picture.ts';

type Ordered = Pick<Picture, 'id' | 'path' | 'bytes' | 'modifiedTime' | 'rating'>;
type Compare = (a: Ordered, b: Ordered) => number;

/** By code points. */
export const compareTexts = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const ascending: Readonly<Record<Exclude<QuerySort, 'random'>, Compare>> = {
  newest: (a, b) => a.modifiedTime - b.modifiedTime,
  oldest: (a, b) => a.modifiedTime - b.modifiedTime,
  name: (a, b) => compareTexts(nameKey(a.path), nameKey(b.path)),
  largest: (a, b) => a.bytes - b.bytes,
  smallest: (a, b) => a.bytes - b.bytes,
  rating: (a, b) => a.rating - b.rating,
};
const descending = new Set<QuerySort>(['newest', 'largest', 'rating']);

/** Pictures in an order; those that are equal in it by id, in the same direction. `random` is by id. */
export function inOrder<T extends Ordered>(pictures: readonly T[], sort: QuerySort): T[] {
  const compare = sort === 'random' ? () => 0 : ascending[sort];
  const sorted = pictures.toSorted((a, b) => compare(a, b) || a.id - b.id);
  return descending.has(sort) ? sorted.reverse() : sorted;
}
