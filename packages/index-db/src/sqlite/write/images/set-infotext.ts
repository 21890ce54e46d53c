import { IndexError } from '@iib-kit/catalog';
import { applyRulesTo } from '../tags/auto-tags.ts';
import type { WriterStore } from '../writer-store.ts';

/** Stores a text that the owner wrote, with all that follows from it. Throws `not-indexed`. */
export function setInfotext(store: WriterStore, path: string, text: string): void {
  store.transaction(() => {
    const id = store.images.idOf(path);
    if (id === undefined)
      throw new IndexError('not-indexed', `Not in the index: ${path}`, { details: { paths: [path] } });
    store.images.rewriteText(id, text);
    applyRulesTo(store, [id]);
  });
}
