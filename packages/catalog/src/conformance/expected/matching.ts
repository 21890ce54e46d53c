import { sep } from 'node:path';
import { mediaTypes } from '../../roles/indexed-image.ts';
import type { SubstringQuery, TagQuery } from '../../roles/image-searches.ts';
import type { NumberRange, QueryNode } from '../../query/query-node.ts';
import { baseName } from '../../text/base-name.ts';
import { foldText } from '../../text/fold-text.ts';
import { networkKey } from '../../text/network-key.ts';
import type { Picture } from './picture.ts';

/** Types of the tags that a field of a query looks at; undefined means all. */
export const tagTypes = {
  tag: undefined,
  model: ['Model'],
  sampler: ['Sampler'],
  lora: ['lora', 'lyco'],
  source: ['Source Identifier'],
} as const;

type NodeOf<Kind extends QueryNode['kind']> = Extract<QueryNode, { kind: Kind }>;

const contains = (text: string, part: string): boolean => foldText(text).includes(foldText(part));

/** Whether a path is below a folder, which may be written with separators at its end. */
export const isBelow = (path: string, folder: string): boolean =>
  path.startsWith(folder.replace(/[\\/]+$/, '') + sep);

/** Whether a path is in these folders; absent ones stand for everywhere. */
export const isInFolders = (path: string, folders: readonly string[] | undefined): boolean =>
  folders === undefined || folders.some((folder) => isBelow(path, folder));

function isInRange(
  value: number | undefined,
  { atLeast = -Infinity, above = -Infinity, atMost = Infinity, below = Infinity }: NumberRange,
): boolean {
  return value !== undefined && value >= atLeast && value > above && value <= atMost && value < below;
}

function meetsNumber({ field, range }: NodeOf<'number'>, picture: Picture): boolean {
  const { seed, steps, cfgScale, width, height, bytes, rating } = picture;
  const isExact = seed !== undefined && Number.isSafeInteger(Number(seed));
  const values = {
    steps,
    cfg: cfgScale,
    seed: isExact ? Number(seed) : undefined,
    width,
    height,
    size: bytes,
    rating,
  };
  return isInRange(values[field], range);
}

function meetsField({ field, isWhole, text }: NodeOf<'field'>, { path, note, generator }: Picture): boolean {
  const value = { path, name: baseName(path), note, generator }[field];
  if (value === undefined) return false;
  return isWhole ? foldText(value) === foldText(text) : contains(value, text);
}

function meetsTag({ field, isWhole, text }: NodeOf<'tag'>, { tags }: Picture): boolean {
  const types: readonly string[] | undefined = tagTypes[field];
  const fold = field === 'lora' ? networkKey : foldText;
  return tags.some(
    ({ type, name }) =>
      types?.includes(type) !== false &&
      (isWhole ? fold(name) === fold(text) : fold(name).includes(fold(text))),
  );
}

function has({ what }: NodeOf<'has'>, { text, seed, rating, note, tags }: Picture): boolean {
  return {
    text: text !== '',
    seed: seed !== undefined,
    rating: rating > 0,
    note: note !== '',
    tag: tags.some(({ type }) => type === 'custom'),
  }[what];
}

/** Whether a picture meets a query: a plain look at it, condition by condition. */
export function meetsQuery(node: QueryNode, picture: Picture): boolean {
  switch (node.kind) {
    case 'and':
      return node.nodes.every((inner) => meetsQuery(inner, picture));
    case 'or':
      return node.nodes.some((inner) => meetsQuery(inner, picture));
    case 'not':
      return !meetsQuery(node.node, picture);
    case 'text':
      return contains(picture.path, node.text) || contains(picture.text, node.text);
    case 'number':
      return meetsNumber(node, picture);
    case 'date':
      return isInRange(picture.modifiedTime * 1e6, node.range);
    case 'field':
      return meetsField(node, picture);
    case 'tag':
      return meetsTag(node, picture);
    case 'folder':
      return isBelow(picture.path, node.path);
    case 'type':
      return mediaTypes.indexOf(picture.mediaType) === node.media;
    case 'has':
      return has(node, picture);
    default:
      return node satisfies never;
  }
}

/** Whether `searchBySubstring` has to find a picture whose tags have these ids. */
export function meetsSubstring(
  { text = '', regexp = '', pathOnly = false, mediaType = 'all', tags = [], folders }: SubstringQuery,
  picture: Picture,
  ids: ReadonlySet<number>,
): boolean {
  if (!tags.every((id) => ids.has(id))) return false;
  if (mediaType !== 'all' && picture.mediaType !== mediaType) return false;
  if (!isInFolders(picture.path, folders)) return false;
  const searched = pathOnly ? [picture.path] : [picture.path, picture.text];
  if (regexp === '') return searched.some((one) => contains(one, text));
  const expression = new RegExp(regexp, 'ims');
  return [...searched, baseName(picture.path)].some((one) => expression.test(one));
}

/** Whether `searchByTags` has to find a picture whose tags have these ids. */
export function meetsTags(
  { and, or, not, folders }: TagQuery,
  picture: Picture,
  ids: ReadonlySet<number>,
): boolean {
  return (
    isInFolders(picture.path, folders) &&
    and.every((id) => ids.has(id)) &&
    (or.length === 0 || or.some((id) => ids.has(id))) &&
    !not.some((id) => ids.has(id))
  );
}
