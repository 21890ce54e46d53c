export const numberFields = ['steps', 'cfg', 'seed', 'width', 'height', 'size', 'rating'] as const;

/** Fields whose values the server completes. */
export const valueFields = ['tag', 'model', 'lora', 'sampler', 'source', 'generator', 'folder'] as const;
export type ValueField = (typeof valueFields)[number];

export const queryFields = [
  ...valueFields,
  ...numberFields,
  'date',
  'type',
  'has',
  'path',
  'name',
  'note',
] as const;
