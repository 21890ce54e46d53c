import type { ImageIndex } from '../../roles/image-index.ts';
import type { temporaryPictures } from './temporary-pictures.ts';

/** How a suite wants an index opened. */
export interface EngineOptions {
  /** The module that describes files for the scan. */
  readonly describer: URL;
  readonly exclude?: readonly string[];
  readonly regexpTimeoutMs?: number;
}

/** Opens the index that is stored under a path of its own, and makes it where there is none. */
export type OpenEngine = (path: string, options: EngineOptions) => Promise<ImageIndex>;

export interface OpenOptions extends Partial<EngineOptions> {
  /** Of the index, where a test has several over one library. */
  readonly name?: string;
}

/** The module that the suites have files described with: PNG alone, and a tag for each word before a comma. */
export const plainDescriber: URL = new URL('./plain-describer.js', import.meta.url);

/** A module for files of any medium that hold their own description: see `writeRecord`. */
export const recordDescriber: URL = new URL('./record-describer.js', import.meta.url);

/** A folder of pictures, and the index over it. */
export type TemporaryLibrary = ReturnType<typeof temporaryPictures> & {
  /** Opens the index over this library; closed when the test is over. */
  readonly open: (options?: OpenOptions) => Promise<ImageIndex>;
};
