import { IndexError } from '@iib-kit/catalog';
import { folderOf } from '@iib-kit/catalog/text';
import { applyRulesTo } from '../tags/auto-tags.ts';
import type { WriterStore } from '../writer-store.ts';

/**
 * Stores a text that the owner wrote, with all that follows from it. With undefined that of the file counts again, which is
 * read by whoever looks at the path next. Throws `not-indexed`.
 */
export function setInfotext(store: WriterStore, path: string, text: string | undefined): void {
  store.transaction(() => {
    const id = store.images.idOf(path);
    if (id === undefined)
      throw new IndexError('not-indexed', `Not in the index: ${path}`, { details: { paths: [path] } });
    if (text === undefined) {
      store.images.releaseText(id);
      // An update that has gone by already looks there no more.
      store.moves.noteUnsettled(folderOf(path));
      return;
    }
    store.images.rewriteText(id, text);
    applyRulesTo(store, [id]);
  });
}
