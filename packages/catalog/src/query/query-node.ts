/** Fields that hold a number. */
export const numberFields = ['steps', 'cfg', 'seed', 'width', 'height', 'size', 'rating'] as const;
export type NumberField = (typeof numberFields)[number];

/** Fields that hold a text of their own. */
export const textFields = ['path', 'name', 'note', 'generator'] as const;
export type TextField = (typeof textFields)[number];

/** Fields that are kinds of tags. */
export const tagFields = ['tag', 'model', 'sampler', 'lora', 'source'] as const;
export type TagField = (typeof tagFields)[number];

/** What `has:` asks for. */
export const presenceFilters = ['text', 'seed', 'rating', 'note', 'tag'] as const;
export type PresenceFilter = (typeof presenceFilters)[number];

/** Numbers between two bounds, each optional. */
export interface NumberRange {
  readonly atLeast?: number;
  readonly above?: number;
  readonly atMost?: number;
  readonly below?: number;
}

/** A query as it was understood. */
export type QueryNode =
  | { readonly kind: 'and' | 'or'; readonly nodes: readonly QueryNode[] }
  | { readonly kind: 'not'; readonly node: QueryNode }
  /** In the path or the generation text. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly field: NumberField; readonly range: NumberRange }
  /** Microseconds since 1970. */
  | { readonly kind: 'date'; readonly range: NumberRange }
  | { readonly kind: 'field'; readonly field: TextField; readonly text: string; readonly isWhole: boolean }
  | { readonly kind: 'tag'; readonly field: TagField; readonly text: string; readonly isWhole: boolean }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'type'; readonly media: number }
  | { readonly kind: 'has'; readonly what: PresenceFilter };
