import type { NearDuplicate } from '@iib-kit/catalog';
import type { Sqlite } from '../../connection/sqlite.ts';

/** How many bits of a 32-bit number are set. */
function bitCount(number: number): number {
  let bits = number - ((number >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Images whose perceptual hash differs in few bits, nearest first: every hash is compared. */
export function nearDuplicates(db: Sqlite, hash: bigint, distance: number): readonly NearDuplicate[] {
  const high = Number(hash >> 32n) | 0;
  const low = Number(hash & 0xffffffffn) | 0;
  const found: { id: number; distance: number }[] = [];
  const rows = db
    .prepare<[], [number, number, number]>('SELECT image_id, high, low FROM perceptual_hash')
    .raw()
    .iterate();
  for (const [id, otherHigh, otherLow] of rows) {
    const bits = bitCount(high ^ otherHigh) + bitCount(low ^ otherLow);
    if (bits <= distance) found.push({ id, distance: bits });
  }
  const pathOf = db.prepare<[number], string>('SELECT path FROM image WHERE id = ?').pluck();
  return found
    .sort((a, b) => a.distance - b.distance || a.id - b.id)
    .flatMap(({ id, distance: bits }) => {
      const path = pathOf.get(id);
      return path === undefined ? [] : [{ id, path, distance: bits }];
    });
}

/** The perceptual hash of an image, if it has one. */
export function perceptualHashOf(db: Sqlite, path: string): bigint | undefined {
  const row = db
    .prepare<[string], { high: number; low: number }>(
      'SELECT p.high, p.low FROM image i JOIN perceptual_hash p ON p.image_id = i.id WHERE i.path = ?',
    )
    .get(path);
  return row && (BigInt(row.high) << 32n) | BigInt(row.low);
}
