import type { Sqlite } from './sqlite.ts';

/** What SQLite finds wrong with pages, indexes and references; empty when all is well. */
export function checkIntegrity(db: Sqlite): readonly string[] {
  try {
    const found = db.pragma('integrity_check') as readonly { readonly integrity_check: string }[];
    return found.map(({ integrity_check: finding }) => finding).filter((finding) => finding !== 'ok');
  } catch (error) {
    // Damage may keep the check itself from going on.
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CORRUPT'))
      return [error.message];
    throw error;
  }
}
