import type { ScannedFile } from '@iib-kit/catalog/scan';
import { nameKey } from '@iib-kit/catalog/text';
import type { Sqlite } from '../../connection/sqlite.ts';
import type { NameIds } from '../../tables/name-ids.ts';
import type { SearchDocument, SearchDocuments } from '../../tables/search-documents.ts';
import { numberColumns, type SearchedNumbers } from './searched-numbers.ts';

interface DocumentSlot {
  readonly doc: number;
  readonly modified: number;
}

const saveInfo = `INSERT OR REPLACE INTO media_info (image_id, doc, folder_id, modified, created, bytes, media, width, height,
  fingerprint, seed, seed_text, steps, cfg_scale, generator, sidecar, name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** What is searched of images, and the rows of `media_info` that number it. */
export function createImageDocuments(db: Sqlite, names: NameIds, documents: SearchDocuments) {
  const save = db.prepare(saveInfo);
  const slotOf = db.prepare<[number], DocumentSlot>(
    'SELECT doc, modified FROM media_info WHERE image_id = ?',
  );

  /** Numbers the image's document; one whose time stayed the same keeps its number. */
  function number(document: SearchDocument, previous: DocumentSlot | undefined): number {
    if (previous === undefined) return documents.append(document);
    if (previous.modified !== document.modified) {
      documents.remove(previous.doc);
      return documents.append(document);
    }
    documents.rewrite(previous.doc, document);
    return previous.doc;
  }

  function write(
    file: ScannedFile,
    numbers: SearchedNumbers,
    document: SearchDocument,
    previous?: DocumentSlot,
  ): void {
    save.run(
      document.imageId,
      number(document, previous),
      names.folder(file.folder),
      file.modified,
      file.created,
      file.bytes,
      file.media,
      file.width ?? null,
      file.height ?? null,
      file.fingerprint,
      ...numberColumns(numbers),
      file.sidecar ?? 0,
      nameKey(file.path),
    );
  }

  return {
    /** With the numbers of the text that counts. */
    add: (file: ScannedFile, numbers: SearchedNumbers, document: SearchDocument): void =>
      write(file, numbers, document),

    change: (file: ScannedFile, numbers: SearchedNumbers, document: SearchDocument): void =>
      write(file, numbers, document, slotOf.get(document.imageId)),

    /** Writes what is searched of an image whose file did not change. */
    rewrite(document: Omit<SearchDocument, 'modified'>): void {
      const slot = slotOf.get(document.imageId);
      if (slot !== undefined) documents.rewrite(slot.doc, { ...document, modified: slot.modified });
    },

    remove(imageId: number): void {
      const slot = slotOf.get(imageId);
      if (slot !== undefined) documents.remove(slot.doc);
    },
  };
}
