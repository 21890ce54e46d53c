import type { LibraryFolders } from './library-folders.ts';
import type { LibraryUpdates } from './library-updates.ts';
import type { LinkTargets } from './library-links.ts';
import type { PresentFiles } from './present-files.ts';

/** The folders whose images are indexed, the runs that bring the index up to date with them, and which files are there. */
export interface Library extends LibraryFolders, LibraryUpdates, PresentFiles {
  readonly linkTargets: LinkTargets;
}
