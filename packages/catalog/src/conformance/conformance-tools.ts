import { join } from 'node:path';
import { type MadeUpLibrary, openMadeUp } from './library/open-made-up.ts';
import { type OpenEngine, plainDescriber, type TemporaryLibrary } from './library/temporary-library.ts';
import { temporaryPictures } from './library/temporary-pictures.ts';
import type { TestFramework } from './test-framework.ts';

/** What the suites are made of. */
export interface ConformanceTools extends TestFramework {
  readonly temporaryLibrary: () => TemporaryLibrary;
  /** A library of made-up pictures for tests that change nothing: the same for all of a file, since opening one takes time. */
  readonly madeUpLibrary: () => Promise<MadeUpLibrary>;
}

export function conformanceTools(framework: TestFramework, openEngine: OpenEngine): ConformanceTools {
  const libraryUntil = (onEnd: (end: () => unknown) => void): TemporaryLibrary => {
    const pictures = temporaryPictures({ onTestFinished: onEnd });
    return {
      ...pictures,
      async open({ name = 'iib', ...options } = {}) {
        const path = join(pictures.base, `${name}.db`);
        const index = await openEngine(path, { describer: plainDescriber, ...options });
        onEnd(() => index.close());
        return index;
      },
    };
  };
  const ends: (() => unknown)[] = [];
  framework.afterAll(async () => {
    for (const end of ends.toReversed()) await end();
  });
  let shared: Promise<MadeUpLibrary> | undefined;
  return {
    ...framework,
    temporaryLibrary: () => libraryUntil((end) => framework.onTestFinished(async () => void (await end()))),
    madeUpLibrary: () => (shared ??= openMadeUp(libraryUntil((end) => ends.push(end)))),
  };
}
