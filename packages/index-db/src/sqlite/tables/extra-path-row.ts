import { type ExtraPath, type ExtraPathType, extraPathTypes } from '@iib-kit/catalog';

export interface ExtraPathRow {
  readonly path: string;
  readonly type: string;
  readonly alias: string | null;
}

/** IIB keeps several types of one path in one text, and an empty one where it was given none. */
export function parseTypes(text: string): ExtraPathType[] {
  const written = new Set(text.split('+'));
  return extraPathTypes.filter((type) => written.has(type));
}

export function toExtraPath({ path, type, alias }: ExtraPathRow): ExtraPath {
  return { path, types: parseTypes(type), alias: alias ?? '' };
}
