export { openIndex, type OpenIndexOptions } from './open-index.ts';
export { IndexError, type IndexErrorCode, type IndexErrorDetails, indexErrorCodes } from './index-error.ts';
export {
  extraPathTypes,
  mediaTypes,
  querySorts,
  type BasicInfo,
  type CachedClusters,
  type CachedTitle,
  type CallOptions,
  type EmbeddingFailure,
  type EmbeddingState,
  type ExtraPath,
  type ExtraPathType,
  type ImageIndex,
  type ImageMark,
  type ImportOutcome,
  type IndexedImage,
  type IndexFailure,
  type IndexProgress,
  type IndexSummary,
  type IndexWatch,
  type LibraryStatistics,
  type MarkRecord,
  type MediaType,
  type NamedCount,
  type NearDuplicate,
  type NewEmbedding,
  type Page,
  type PathChange,
  type PerceptualHash,
  type QuerySort,
  type SearchQuery,
  type SimilarImage,
  type SimilarQuery,
  type StoredEmbedding,
  type StoredJob,
  type SubstringQuery,
  type Tag,
  type TagQuery,
  type UpdateOptions,
  type WatchOptions,
} from './image-index.ts';
export {
  maxPathsPerChange,
  type ImagesChange,
  type IndexChange,
  type IndexListener,
  type MarksChange,
  type TagsChange,
} from './index-change.ts';
export {
  type AutoTagCondition,
  type AutoTagField,
  autoTagFields,
  type AutoTagOperator,
  autoTagOperators,
  type AutoTagOutcome,
  type AutoTagRule,
} from './auto-tag-rule.ts';
export type { DescribeFile, DescriberModule, FileDescription } from './scan/describe-file.ts';
export type { MediaFile } from './scan/open-media-file.ts';
export { spellPath, systemPath } from './scan/system-path.ts';
export type { TagName } from './scan/scanned-file.ts';
