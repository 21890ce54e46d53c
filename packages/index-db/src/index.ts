export { openIndex, type OpenIndexOptions } from './open-index.ts';
export { IndexError, type IndexErrorCode, type IndexErrorDetails, indexErrorCodes } from './index-error.ts';
export {
  type BasicInfo,
  type CallOptions,
  type ExtraPath,
  type ExtraPathType,
  extraPathTypes,
  type ImageIndex,
  type IndexedImage,
  type IndexFailure,
  type IndexProgress,
  type IndexSummary,
  type MediaType,
  mediaTypes,
  type Page,
  type SubstringQuery,
  type Tag,
  type TagQuery,
  type UpdateOptions,
} from './image-index.ts';
export type { DescribeFile, DescriberModule, FileDescription } from './scan/describe-file.ts';
export type { MediaFile } from './scan/open-media-file.ts';
export type { TagName } from './scan/scanned-file.ts';
