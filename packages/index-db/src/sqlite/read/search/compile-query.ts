import type {
  NumberField,
  NumberRange,
  PresenceFilter,
  QueryNode,
  TagField,
  TextField,
} from '@iib-kit/catalog/query';
import { type FolderRange, folderRange, foldText, networkTagTypes } from '@iib-kit/catalog/text';
import { allOf, mayContain, type RowFilter } from './row-filter.ts';

/** The condition that a query makes, and what every match holds. */
export interface CompiledQuery extends RowFilter {
  /** Folded texts that the path or the text of every match contains: what a full-text question may be asked for. */
  readonly required: readonly string[];
  /** Sets of tags of which every match carries one. */
  readonly requiredTags: readonly (readonly number[])[];
}

/** Conditions that are answered for all images at once instead of by a look at each. */
export interface SetConditions {
  /** Undefined for a folded text that has to be looked for. */
  text(needle: string): RowFilter | undefined;
  tags(ids: readonly number[]): RowFilter;
  folder(range: FolderRange): RowFilter;
}

/** What compiling has to know of the database. */
export interface CompileContext {
  /** For a query whose matches are all wanted, not a page of them. */
  readonly sets?: SetConditions;
  /** Ids of the tags of these types (all where undefined) whose folded name contains or equals the text. */
  tagIds(types: readonly string[] | undefined, text: string, isWhole: boolean): readonly number[];
}

const numberColumns: Readonly<Record<NumberField, string>> = {
  steps: 'm.steps',
  cfg: 'm.cfg_scale',
  seed: 'm.seed',
  width: 'm.width',
  height: 'm.height',
  size: 'm.bytes',
  rating: 'coalesce(k.rating, 0)',
};

const textColumns: Readonly<Record<TextField, string>> = {
  path: 'i.path',
  name: 'base_name(i.path)',
  note: 'k.note',
  generator: 'm.generator',
};

/** Types of the tags that a field looks at; undefined means all. */
export const tagTypes: Readonly<Record<TagField, readonly string[] | undefined>> = {
  tag: undefined,
  model: ['Model'],
  sampler: ['Sampler'],
  lora: networkTagTypes,
  source: ['Source Identifier'],
};

/** The name of a network's tag, but for case as `networkKey` has it. */
export const networkName = `replace(replace(name, '_', ' '), '-', ' ')`;

const presence: Readonly<Record<PresenceFilter, string>> = {
  text: `coalesce(i.exif, '') <> ''`,
  seed: '(m.seed IS NOT NULL OR m.seed_text IS NOT NULL)',
  rating: 'coalesce(k.rating, 0) > 0',
  note: `coalesce(k.note, '') <> ''`,
  tag: `EXISTS (SELECT 1 FROM image_tag t JOIN tag g ON g.id = t.tag_id
    WHERE t.image_id = m.image_id AND g.type = 'custom')`,
};

type Fragment = CompiledQuery;

const fragment = (where: string, parameters: readonly (string | number)[] = []): Fragment => ({
  where,
  parameters,
  required: [],
  requiredTags: [],
});

// A comparison with nothing is unknown in SQL and would stay so under NOT; here it is false.
const certain = (where: string): string => `coalesce(${where}, 0)`;

function rangeFragment(column: string, { atLeast, above, atMost, below }: NumberRange): Fragment {
  const bounds = (
    [
      ['>=', atLeast],
      ['>', above],
      ['<=', atMost],
      ['<', below],
    ] as const
  ).flatMap(([sign, bound]) => (bound === undefined ? [] : [{ sign, bound }]));
  const where = bounds.map(({ sign }) => `${column} ${sign} ?`).join(' AND ');
  return fragment(
    certain(where),
    bounds.map(({ bound }) => bound),
  );
}

function textFragment(text: string, sets: SetConditions | undefined): Fragment {
  const needle = foldText(text);
  if (needle === '') return fragment('1');
  const set = sets?.text(needle);
  if (set !== undefined) return fragment(set.where, set.parameters);
  const { where, parameters } = containsText(needle);
  return { ...fragment(where, parameters), required: [needle] };
}

/** The condition that a folded text is in the path or the text of an image. */
export function containsText(needle: string): RowFilter {
  const test = {
    where: '(contains_folded(i.path, ?) OR contains_folded(i.exif, ?))',
    parameters: [needle, needle],
  };
  const { where, parameters } = allOf([mayContain(needle), test]);
  return { where: `(${where})`, parameters };
}

function tagFragment(tagIds: readonly number[], sets: SetConditions | undefined): Fragment {
  const set = sets?.tags(tagIds);
  if (set !== undefined) return fragment(set.where, set.parameters);
  const where = `EXISTS (SELECT 1 FROM image_tag t WHERE t.image_id = m.image_id AND t.tag_id IN (${tagIds.join(', ')}))`;
  return { ...fragment(where), requiredTags: [tagIds] };
}

function folderFragment(path: string, sets: SetConditions | undefined): Fragment {
  const range = folderRange(path);
  const set = sets?.folder(range);
  if (set !== undefined) return fragment(set.where, set.parameters);
  return fragment('(i.path >= ? AND i.path < ?)', [range.from, range.to]);
}

function joined(nodes: readonly Fragment[], sign: 'AND' | 'OR', ifEmpty: '0' | '1'): Fragment {
  const where = nodes.length === 0 ? ifEmpty : `(${nodes.map((node) => node.where).join(` ${sign} `)})`;
  const parameters = nodes.flatMap((node) => node.parameters);
  if (sign === 'OR') return fragment(where, parameters);
  return {
    where,
    parameters,
    required: nodes.flatMap((node) => node.required),
    requiredTags: nodes.flatMap((node) => node.requiredTags),
  };
}

/** Turns a query into SQL; depends on nothing but its arguments. */
export function compileQuery(node: QueryNode, context: CompileContext): CompiledQuery {
  const compile = (inner: QueryNode): Fragment => compileQuery(inner, context);
  switch (node.kind) {
    case 'and':
      return joined(node.nodes.map(compile), 'AND', '1');
    case 'or':
      return joined(node.nodes.map(compile), 'OR', '0');
    case 'not': {
      const { where, parameters } = compile(node.node);
      return fragment(`NOT ${where}`, parameters);
    }
    case 'text':
      return textFragment(node.text, context.sets);
    case 'number':
      return rangeFragment(numberColumns[node.field], node.range);
    case 'date':
      return rangeFragment('m.modified', node.range);
    case 'field': {
      const test = node.isWhole ? 'equals_folded' : 'contains_folded';
      return fragment(`${test}(${textColumns[node.field]}, ?)`, [foldText(node.text)]);
    }
    case 'tag':
      return tagFragment(
        context.tagIds(tagTypes[node.field], foldText(node.text), node.isWhole),
        context.sets,
      );
    case 'folder':
      return folderFragment(node.path, context.sets);
    case 'type':
      return fragment('m.media = ?', [node.media]);
    case 'has':
      return fragment(presence[node.what]);
    default:
      return node satisfies never;
  }
}
