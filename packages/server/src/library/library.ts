import type { LibraryFolders } from './library-folders.ts';
import type { LibraryUpdates } from './library-updates.ts';

/** The folders whose images are indexed, and the runs that bring the index up to date with them. */
export interface Library extends LibraryFolders, LibraryUpdates {}
