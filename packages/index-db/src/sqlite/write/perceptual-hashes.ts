import type { PerceptualHash } from '@iib-kit/catalog';
import { imagesOrThrow } from './tags/custom-tags.ts';
import type { WriterStore } from './writer-store.ts';

/** Stores perceptual hashes; older ones are replaced. Throws `not-indexed`. */
export function savePerceptualHashes(store: WriterStore, hashes: readonly PerceptualHash[]): void {
  const save = store.db.prepare(
    'INSERT OR REPLACE INTO perceptual_hash (image_id, high, low) VALUES (?, ?, ?)',
  );
  store.transaction(() => {
    for (const { path, hash } of hashes) {
      const [image] = imagesOrThrow(store, [path]);
      if (image !== undefined) save.run(image.id, Number(hash >> 32n), Number(hash & 0xffffffffn));
    }
  });
}
