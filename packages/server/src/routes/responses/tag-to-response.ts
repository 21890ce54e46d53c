import type { Tag } from '@iib-kit/contract';

import type { Tag as IndexedTag } from '@iib-kit/catalog';

export function tagToResponse(tag: IndexedTag): Tag {
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
