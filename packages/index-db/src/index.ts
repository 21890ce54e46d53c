export { openIndex, type OpenIndexOptions } from './open-index.ts';
export type { SqliteIndex } from './sqlite-index.ts';
export type { DescribeFile, DescriberModule, FileDescription } from './scan/describe-file.ts';
export type { MediaFile } from './scan/open-media-file.ts';
export type { TagName } from './scan/scanned-file.ts';
