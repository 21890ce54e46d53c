import type { AccessPermission, ServiceOptions } from './service-options.ts';
import type { PathAccess } from './access/path-access.ts';
import type { ApiRequest } from './http/api-request.ts';
import type { ImageIndex } from './image-index.ts';
import type { Library } from './library.ts';
import type { ThumbnailSource } from './thumbnail-source.ts';

/** What every handler shares. */
export interface ServiceContext {
  readonly access: PathAccess;
  readonly index: ImageIndex;
  readonly library: Library;
  readonly thumbnails: ThumbnailSource;
  readonly permission: AccessPermission;
  /** Whether callers may add library folders that lie outside the allowed ones. */
  readonly mayWidenAccess: boolean;
  readonly log: ServiceOptions['log'];
}

/** What a handler gets beside its input. */
export interface RequestContext extends ServiceContext {
  readonly request: Pick<ApiRequest, 'headers' | 'signal' | 'method'>;
}
