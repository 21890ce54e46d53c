import { join } from 'node:path';
import { plainDescriber, temporaryPictures } from '@iib-kit/catalog/conformance';
import { openIndex, type OpenIndexOptions, type SqliteIndex } from '@iib-kit/index-db';
import { onTestFinished } from 'vitest';

export { names } from '@iib-kit/catalog/conformance';

/** A folder of pictures and a place for a database, gone when the test is over. */
export function temporaryLibrary() {
  const pictures = temporaryPictures({ onTestFinished });
  const databasePath = join(pictures.base, 'iib.db');
  return {
    ...pictures,
    databasePath,
    /** Opens the index over this library; closed when the test is over. */
    async open(options: Partial<OpenIndexOptions> = {}): Promise<SqliteIndex> {
      const index = await openIndex({
        path: databasePath,
        readers: 1,
        describer: plainDescriber,
        ...options,
      });
      onTestFinished(() => index.close());
      return index;
    },
  };
}
