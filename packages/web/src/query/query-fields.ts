import { completionFields } from '@iib-kit/contract/vocabulary';

export const numberFields = ['steps', 'cfg', 'seed', 'width', 'height', 'size', 'rating'] as const;

export const queryFields = [
  ...completionFields,
  ...numberFields,
  'date',
  'type',
  'has',
  'path',
  'name',
  'note',
] as const;
