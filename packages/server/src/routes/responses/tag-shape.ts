import type { Tag } from '@iib-kit/contract';

import type { IndexTag } from '../../ports/image-index.ts';

export function tagShape(tag: IndexTag): Tag {
  return {
    id: tag.id,
    name: tag.name,
    type: tag.type,
    count: tag.count,
    color: tag.color,
    score: tag.score,
    display_name: null,
  };
}
