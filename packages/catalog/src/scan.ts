export { defaultDescriber } from './scan/default-describer.ts';
export type { DescribeFile, DescriberModule, FileDescription } from './scan/describe-file.ts';
export { excludesFrom } from './scan/excludes-from.ts';
export { mediaOfName } from './scan/file-names.ts';
export type { KnownFailure, KnownFile, KnownFiles, KnownFolder } from './scan/known-files.ts';
export type { LinkScope } from './scan/link-targets.ts';
export type { MediaFile } from './scan/open-media-file.ts';
export { BatchPacker, buffersOf, openBatch, type PackedBatch } from './scan/packed-batch.ts';
export { readPaths, type ReadPathsParts } from './scan/read-paths.ts';
export { scanRun, type ScanOptions, type ScanSink } from './scan/scan-run.ts';
export type {
  FolderState,
  MediaNumber,
  MissingRow,
  RelocatedRow,
  ScannedBatch,
  ScannedFailure,
  ScannedFile,
  TagName,
} from './scan/scanned-file.ts';
export { isPassedOver } from './scan/passed-over.ts';
export { microseconds } from './scan/walk-tree.ts';
