export { openIndex, type OpenIndexOptions } from './open-index.ts';
export type { SqliteIndex } from './sqlite-index.ts';
