import { IndexError, type IndexErrorCode } from '@iib-kit/catalog';

// SQLite's extended codes begin with the primary one, so the prefix decides.
const codesByPrefix: readonly (readonly [string, IndexErrorCode, string])[] = [
  ['SQLITE_NOTADB', 'not-a-database', 'The file is not an SQLite database'],
  ['SQLITE_CANTOPEN', 'cannot-open', 'The database file cannot be opened'],
  ['SQLITE_BUSY', 'locked', 'Another program holds the database; close it, or try again'],
  ['SQLITE_LOCKED', 'locked', 'Another program holds the database; close it, or try again'],
  ['SQLITE_FULL', 'disk-full', 'There is no room left for the database; make room on its drive'],
  ['SQLITE_READONLY', 'read-only', 'The database file cannot be written; look at its permissions'],
  ['SQLITE_PERM', 'read-only', 'The database file cannot be written; look at its permissions'],
  ['SQLITE_CORRUPT', 'corrupt', 'The database file is damaged'],
  ['SQLITE_IOERR', 'input-output', 'The database file cannot be read or written; look at its drive'],
];

/** Turns what SQLite threw into an `IndexError`; anything else comes back as it is. */
export function fromSqliteFailure(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  const sqliteCode = error.code;
  const known = codesByPrefix.find(([prefix]) => sqliteCode.startsWith(prefix));
  if (known === undefined) return error;
  const [, code, sentence] = known;
  return new IndexError(code, `${sentence}: ${path} (${error.message})`, { cause: error });
}
