import type { Tag } from '@iib-kit/catalog';

/** A row of `tag` as IIB declares it: everything but the id may be null. */
export interface TagRow {
  readonly id: number;
  readonly name: string | null;
  readonly score: number | null;
  readonly type: string | null;
  readonly count: number | null;
  readonly color: string | null;
}

export function toTag({ id, name, score, type, count, color }: TagRow): Tag {
  return { id, name: name ?? '', type: type ?? '', count: count ?? 0, color: color ?? '', score: score ?? 0 };
}
