import { join } from 'node:path';
import type { ImageIndex } from '../roles/image-index.ts';
import { temporaryPictures } from './temporary-pictures.ts';
import type { TestFramework } from './test-framework.ts';

/** How a suite wants an index opened. */
export interface EngineOptions {
  /** The module that describes files for the scan. */
  readonly describer: URL;
  readonly exclude?: readonly string[];
  readonly regexpTimeoutMs?: number;
}

/** Opens the index that is stored under a path of its own, and makes it where there is none. */
export type OpenEngine = (path: string, options: EngineOptions) => Promise<ImageIndex>;

export interface OpenOptions extends Omit<EngineOptions, 'describer'> {
  /** Of the index, where a test has several over one library. */
  readonly name?: string;
}

/** The module that the suites have files described with: PNG alone, and a tag for each word before a comma. */
export const plainDescriber: URL = new URL('./plain-describer.js', import.meta.url);

/** A folder of pictures, and the index over it. */
export type TemporaryLibrary = ReturnType<typeof temporaryPictures> & {
  /** Opens the index over this library; closed when the test is over. */
  readonly open: (options?: OpenOptions) => Promise<ImageIndex>;
};

/** What the suites are made of. */
export interface ConformanceTools extends TestFramework {
  readonly temporaryLibrary: () => TemporaryLibrary;
}

export function conformanceTools(framework: TestFramework, openEngine: OpenEngine): ConformanceTools {
  return {
    ...framework,
    temporaryLibrary() {
      const pictures = temporaryPictures(framework);
      return {
        ...pictures,
        async open({ name = 'iib', ...options } = {}) {
          const path = join(pictures.base, `${name}.db`);
          const index = await openEngine(path, { describer: plainDescriber, ...options });
          framework.onTestFinished(() => index.close());
          return index;
        },
      };
    },
  };
}
