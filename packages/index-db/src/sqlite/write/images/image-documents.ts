import type { ScannedFile } from '@iib-kit/catalog/scan';
import { nameKey } from '@iib-kit/catalog/text';
import type { Sqlite } from '../../connection/sqlite.ts';
import type { NameIds } from '../../tables/name-ids.ts';
import type { SearchDocument, SearchDocuments } from '../../tables/search-documents.ts';

interface DocumentSlot {
  readonly doc: number;
  readonly modified: number;
}

/** The number that these digits are, where a double holds it exactly. */
function exactNumber(digits: string | undefined): number | null {
  const number = Number(digits);
  return digits !== undefined && Number.isSafeInteger(number) && String(number) === digits ? number : null;
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

  function write(file: ScannedFile, document: SearchDocument, previous?: DocumentSlot): void {
    const exactSeed = exactNumber(file.seed);
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
      exactSeed,
      exactSeed === null ? (file.seed ?? null) : null,
      file.steps ?? null,
      file.cfgScale ?? null,
      file.generator ?? null,
      file.sidecar ?? 0,
      nameKey(file.path),
    );
  }

  return {
    add: (file: ScannedFile, document: SearchDocument): void => write(file, document),

    change: (file: ScannedFile, document: SearchDocument): void =>
      write(file, document, slotOf.get(document.imageId)),

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
