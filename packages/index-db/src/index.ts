export { openIndex, type OpenIndexOptions } from './open-index.ts';
export type { SqliteIndex } from './workers/sqlite-index.ts';
