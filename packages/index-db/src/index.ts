export { openIndex, type OpenIndexOptions } from './open-index.ts';
export { describeBackups, restoreBackup, type BackupDescription } from './restore-backup.ts';
export type { SqliteIndex } from './workers/sqlite-index.ts';
