import type { Updates } from './roles/updates.ts';
import type { Changes } from './roles/changes.ts';
import type { ImageSearches } from './roles/image-searches.ts';
import type { ImageLookups } from './roles/image-lookups.ts';
import type { LibraryOverview } from './roles/library-overview.ts';
import type { Folders } from './roles/folders.ts';
import type { FileMoves } from './roles/file-moves.ts';
import type { Tags } from './roles/tags.ts';
import type { AutoTagRules } from './roles/auto-tag-rules.ts';
import type { Annotations } from './roles/annotations.ts';
import type { SavedSearches } from './roles/saved-searches.ts';
import type { Settings } from './roles/settings.ts';
import type { Embeddings } from './roles/embeddings.ts';
import type { TopicCache } from './roles/topic-cache.ts';
import type { NearDuplicates } from './roles/near-duplicates.ts';
import type { JobRecords } from './roles/job-records.ts';
import type { Upkeep } from './roles/upkeep.ts';

/**
 * An index of media files: what they are, what made them, and what their user says of them. Ask for the role that you
 * use rather than for all of it.
 */
export interface ImageIndex
  extends
    Updates,
    Changes,
    ImageSearches,
    ImageLookups,
    LibraryOverview,
    Folders,
    FileMoves,
    Tags,
    AutoTagRules,
    Annotations,
    SavedSearches,
    Settings,
    Embeddings,
    TopicCache,
    NearDuplicates,
    JobRecords,
    Upkeep {}
