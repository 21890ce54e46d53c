export {
  IndexError,
  type IndexErrorCode,
  type IndexErrorDetails,
  indexErrorCodes,
} from './roles/index-error.ts';
export type { ImageIndex } from './roles/image-index.ts';
export { type CallOptions, type ScopeOptions } from './roles/call-options.ts';
export { type IndexedImage, type MediaType, type Page, mediaTypes } from './roles/indexed-image.ts';
export {
  type IndexFailure,
  type IndexProgress,
  type IndexSummary,
  type IndexWatch,
  type LinkOptions,
  type ReadPathsOptions,
  type SkippedLink,
  type UpdateOptions,
  type Updates,
  type WatchOptions,
} from './roles/updates.ts';
export {
  type AnnotationsChange,
  type Changes,
  type ImagesChange,
  type IndexChange,
  type IndexListener,
  type TagsChange,
  maxPathsPerChange,
} from './roles/changes.ts';
export {
  type ImageSearches,
  type LayoutBlock,
  type LayoutQuery,
  type QuerySort,
  type SearchLayout,
  type SearchQuery,
  type SubstringQuery,
  type TagQuery,
  querySorts,
} from './roles/image-searches.ts';
export { type ImageLookups } from './roles/image-lookups.ts';
export {
  type BasicInfo,
  type CompletionField,
  type CompletionQuery,
  type DiskUse,
  type LibraryOverview,
  type LibraryStatistics,
  type NamedCount,
  completionFields,
} from './roles/library-overview.ts';
export { type ExtraPath, type ExtraPathType, type Folders, extraPathTypes } from './roles/folders.ts';
export { type FileMoves, type PathChange } from './roles/file-moves.ts';
export { type Tag, type Tags } from './roles/tags.ts';
export {
  type AutoTagCondition,
  type AutoTagField,
  type AutoTagOperator,
  type AutoTagOutcome,
  type AutoTagRule,
  type AutoTagRules,
  type AutoTagTrial,
  type AutoTagTrialRequest,
  autoTagFields,
  autoTagOperators,
} from './roles/auto-tag-rules.ts';
export {
  type Annotation,
  type AnnotationRecord,
  type Annotations,
  type ImportOutcome,
} from './roles/annotations.ts';
export { type SavedSearches } from './roles/saved-searches.ts';
export { type Settings } from './roles/settings.ts';
export {
  type EmbeddingFailure,
  type EmbeddingState,
  type Embeddings,
  type NewEmbedding,
  type SimilarImage,
  type SimilarQuery,
  type StoredEmbedding,
} from './roles/embeddings.ts';
export {
  type CachedClusters,
  type CachedClustersEntry,
  type CachedTitle,
  type TopicCache,
} from './roles/topic-cache.ts';
export { type NearDuplicate, type NearDuplicates, type PerceptualHash } from './roles/near-duplicates.ts';
export { type JobRecords, type StoredJob } from './roles/job-records.ts';
export { type Backups } from './roles/backups.ts';
export { type Upkeep } from './roles/upkeep.ts';
export { isDoubtful, spellPath, systemPath } from './text/system-path.ts';
