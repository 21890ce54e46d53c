import type { Changes, ImageSearches, TopicCache } from '@iib-kit/catalog';

import type { TextIndex } from './folder-texts.ts';
import type { EmbeddingIndex } from './image-embeddings.ts';

/** What finding topics asks of an index. */
export type TopicIndex = TextIndex &
  EmbeddingIndex &
  TopicCache &
  Pick<ImageSearches, 'randomImages'> &
  Pick<Changes, 'subscribe'>;
