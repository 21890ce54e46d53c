import type { ScannedFile } from '@iib-kit/catalog/scan';
import type { Sqlite } from '../../connection/sqlite.ts';

/** What a text says besides its words, and what is searched by number or name. */
export type SearchedNumbers = Pick<ScannedFile, 'seed' | 'steps' | 'cfgScale' | 'generator'>;

/** The number that these digits are, where a double holds it exactly. */
function exactNumber(digits: string | undefined): number | null {
  const number = Number(digits);
  return digits !== undefined && Number.isSafeInteger(number) && String(number) === digits ? number : null;
}

/** The values of `seed`, `seed_text`, `steps`, `cfg_scale` and `generator` in `media_info`, in this order. */
export function numberColumns({ seed, steps, cfgScale, generator }: SearchedNumbers) {
  const exactSeed = exactNumber(seed);
  return [
    exactSeed,
    exactSeed === null ? (seed ?? null) : null,
    steps ?? null,
    cfgScale ?? null,
    generator ?? null,
  ] as const;
}

/** Gives the numbers of an image other values. */
export function prepareSaveNumbers(db: Sqlite): (imageId: number, numbers: SearchedNumbers) => void {
  const save = db.prepare(
    'UPDATE media_info SET seed = ?, seed_text = ?, steps = ?, cfg_scale = ?, generator = ? WHERE image_id = ?',
  );
  return (imageId, numbers) => void save.run(...numberColumns(numbers), imageId);
}
