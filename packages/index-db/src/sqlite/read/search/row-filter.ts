import { type FolderRange, isBeyondAscii } from '@iib-kit/catalog/text';
import type { DatePosition } from './cursor.ts';

/** An SQL condition over `media_info m`, `image i` and `image_mark k`, joined from the left. Never NULL. */
export interface RowFilter {
  readonly where: string;
  readonly parameters: readonly (string | number)[];
}

/** What every image meets. */
export const everything: RowFilter = { where: '1', parameters: [] };

/** The condition that all of these hold. */
export function allOf(filters: readonly (RowFilter | undefined)[]): RowFilter {
  const given = filters.filter(
    (filter): filter is RowFilter => filter !== undefined && filter !== everything,
  );
  if (given.length === 0) return everything;
  return {
    where: given.map(({ where }) => where).join(' AND '),
    parameters: given.flatMap(({ parameters }) => parameters),
  };
}

/** The condition of being in one of these folders; undefined for everywhere. */
export function insideOf(ranges: readonly FolderRange[] | undefined): RowFilter | undefined {
  if (ranges === undefined) return undefined;
  if (ranges.length === 0) return { where: '0', parameters: [] };
  return {
    where: `(${ranges.map(() => '(i.path >= ? AND i.path < ?)').join(' OR ')})`,
    parameters: ranges.flatMap(({ from, to }) => [from, to]),
  };
}

/** The condition of being older than a position; undefined where there is none. */
export function olderThan(position: DatePosition | undefined): RowFilter | undefined {
  return (
    position && {
      where: '(m.modified, m.image_id) < (?, ?)',
      parameters: pair(position),
    }
  );
}

/** The condition of being at a position or newer; undefined where there is none. */
export function downTo(position: DatePosition | undefined): RowFilter | undefined {
  return (
    position && {
      where: '(m.modified, m.image_id) >= (?, ?)',
      parameters: pair(position),
    }
  );
}

const pair = ({ modified, id }: DatePosition): readonly number[] => [modified, id];

/** What LIKE takes for any text that contains this one. */
export const likePattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

/**
 * A condition that every path or text meets in which a folded text is found, and few others: SQLite passes over most
 * images by it without a call from outside. Undefined for what is not plain ASCII.
 */
export function mayContain(text: string): RowFilter | undefined {
  if (text === '' || isBeyondAscii(text)) return undefined;
  const pattern = likePattern(text);
  return {
    // LIKE knows the case of ASCII letters only, so what holds other characters is left to the test itself.
    where: `(i.exif LIKE ? ESCAPE '\\' OR i.path LIKE ? ESCAPE '\\'
      OR octet_length(i.exif) <> length(i.exif) OR octet_length(i.path) <> length(i.path))`,
    parameters: [pattern, pattern],
  };
}
