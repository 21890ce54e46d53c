import type { Updates } from './updates.ts';
import type { Changes } from './changes.ts';
import type { ImageSearches } from './image-searches.ts';
import type { ImageLookups } from './image-lookups.ts';
import type { LibraryOverview } from './library-overview.ts';
import type { Folders } from './folders.ts';
import type { FileMoves } from './file-moves.ts';
import type { Tags } from './tags.ts';
import type { AutoTagRules } from './auto-tag-rules.ts';
import type { Annotations } from './annotations.ts';
import type { SavedSearches } from './saved-searches.ts';
import type { Settings } from './settings.ts';
import type { Embeddings } from './embeddings.ts';
import type { TopicCache } from './topic-cache.ts';
import type { NearDuplicates } from './near-duplicates.ts';
import type { JobRecords } from './job-records.ts';
import type { Upkeep } from './upkeep.ts';

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
