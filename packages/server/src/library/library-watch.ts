import { errorCode } from '../ports/error-code.ts';
import type { Updates } from '@iib-kit/catalog';
import type { Library } from './library.ts';
import type { Logger } from '../ports/logger.ts';

interface Parts {
  readonly library: Library;
  readonly index: Pick<Updates, 'watch'>;
  readonly log: Logger;
}

/** Keeps the index up to date with the folders of the library, also with those that are added later. */
export function watchLibrary({ library, index, log }: Parts): { close(): Promise<void> } {
  let current: Awaited<ReturnType<Updates['watch']>> | undefined;
  let isClosed = false;
  let last = Promise.resolve();

  const warn = (error: unknown): void => {
    if (errorCode(error) !== 'closed') log.warn({ err: error }, 'watching the library failed');
  };
  const follow = async (): Promise<void> => {
    try {
      await current?.close();
      current = undefined;
      if (isClosed) return;
      current = await index.watch(library.folders(), {
        onError: warn,
        linkTargets: library.linkTargets,
      });
      library.updateJob().done.catch(warn);
    } catch (error) {
      warn(error);
    }
  };
  const restart = (): void => {
    last = last.then(follow);
  };
  library.onChange(restart);
  restart();
  return {
    async close() {
      isClosed = true;
      restart();
      await last;
    },
  };
}
