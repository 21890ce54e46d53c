export { api, DEFAULT_BASE } from './api.ts';
export { iibWebOutputs } from './dialects/iib-web-outputs.ts';
export { inputPlace, isEvents, isMedia } from './endpoint.ts';
export type {
  Api,
  Endpoint,
  ErrorStatus,
  EventOf,
  EventsOutput,
  Handlers,
  InputOf,
  MediaOutput,
  Method,
  OutputOf,
  ParsedInputOf,
  Permission,
  ServerEvent,
  StartedJob,
} from './endpoint.ts';
export { MAX_CHAT_LENGTH } from './endpoints/ai.ts';
export { MAX_INFOTEXT_LENGTH } from './endpoints/image-metadata.ts';
export { MAX_COVER_LENGTH } from './endpoints/media.ts';
export { MAX_FOLDER_NAME_LENGTH } from './endpoints/organize.ts';
export type { OrganizePreview, OrganizeStatus } from './endpoints/organize.ts';
export { openApiDocument } from './open-api.ts';
export type { OpenApiDocument } from './open-api.ts';
export { fillPath, pathParameters, pathSegments } from './path-template.ts';
export type { PathSegment } from './path-template.ts';
export type { AutoTagRule } from './schemas/auto-tag-rule.ts';
export { errorBody } from './schemas/error-body.ts';
export type { ErrorBody, ValidationIssue } from './schemas/error-body.ts';
export type { ExtraPath } from './schemas/extra-path.ts';
export { MAX_FILE_NAME_BYTES } from './endpoints/file-system.ts';
export type { CoverInfo, FileInfo, IndexedFileInfo } from './schemas/file-info.ts';
export type { ImageDescription } from './schemas/generation.ts';
export type { Job, JobEvent } from './schemas/job.ts';
export { MAX_PATH_LENGTH, MAX_PATHS } from './schemas/lenient.ts';
export type { LiveEvent } from './schemas/live-event.ts';
export { MAX_PAGE_SIZE } from './schemas/page.ts';
export type { Cursor, ImagePage } from './schemas/page.ts';
export type { Tag } from './schemas/tag.ts';
export type { ClusterResult } from './schemas/topic.ts';
export type { TrashItem } from './schemas/trash-item.ts';
export { jobStatuses } from './vocabulary.ts';
export type { CompletionField, ExtraPathType, JobStatus, QuerySort } from './vocabulary.ts';
