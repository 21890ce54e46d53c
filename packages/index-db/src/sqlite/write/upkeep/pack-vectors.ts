import { toBlob, toVector } from '../../../vectors/vector-blob.ts';
import type { Sqlite } from '../../connection/sqlite.ts';
import type { UpkeepTask } from './upkeep-task.ts';

/** Some milliseconds of work: a vector is 3 to 12 kilobytes. */
const rowsPerSlice = 50;

interface VectorRow {
  readonly id: number;
  readonly dim: number;
  readonly vec: Buffer;
}

/** Writes vectors of earlier versions, and those that IIB made, in the shorter form. */
export function packVectorsTask({ db }: { readonly db: Sqlite }): UpkeepTask {
  const known = db
    .prepare<[], number>(`SELECT value FROM library_state WHERE name = 'vectors_packed'`)
    .pluck();
  const remember = db.prepare<[number]>(
    `INSERT OR REPLACE INTO library_state (name, value) VALUES ('vectors_packed', ?)`,
  );
  const next = db.prepare<[number, number], VectorRow>(
    'SELECT id, dim, vec FROM embedding WHERE id > ? ORDER BY id LIMIT ?',
  );
  const save = db.prepare<[Buffer, number]>('UPDATE embedding SET vec = ? WHERE id = ?');
  const packRows = db.transaction((): boolean => {
    const rows = next.all(known.get() ?? 0, rowsPerSlice);
    for (const { id, dim, vec } of rows) {
      // What was cut short, or holds more than it should, stays as it was found.
      if (vec.byteLength !== dim * Float32Array.BYTES_PER_ELEMENT) continue;
      const packed = toBlob(toVector(vec, dim));
      if (packed.byteLength < vec.byteLength) save.run(packed, id);
    }
    const last = rows.at(-1)?.id;
    if (last !== undefined) remember.run(last);
    return rows.length === rowsPerSlice;
  });
  return { name: 'pack-vectors', runSlice: () => packRows.immediate() };
}
