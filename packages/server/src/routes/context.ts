import type { AccessPermission } from '../ports/access-permission.ts';
import type { Logger } from '../ports/logger.ts';
import type { AiSettings } from '../topics/ai-settings.ts';
import type { PathAccess } from '../access/path-access.ts';
import type { LiveStreams } from '../events/live-streams.ts';
import type { BaseDirectory } from '../seed-groups/base-directory.ts';
import type { RequestScope } from '../http/dispatch.ts';
import type { PendingImage } from '../library/pending-image.ts';
import type { Archives } from '../archives/archives.ts';
import type { FileOperations } from '../files/file-operations.ts';
import type { ImageIndex } from '@iib-kit/catalog';
import type { Jobs } from '../jobs/open-jobs.ts';
import type { Library } from '../library/library.ts';
import type { FolderCovers } from '../listing/folder-covers.ts';
import type { FolderLister } from '../listing/folder-lister.ts';
import type { Organizer } from '../organize/open-organizer.ts';
import type { ThumbnailSource } from '../ports/thumbnail-source.ts';
import type { TrashLimits } from '../files/trash/trim-trash.ts';
import type { Topics } from '../topics/topics.ts';
import type { WebuiConfig } from '../library/webui-config.ts';

/** What every handler shares. */
export interface ServiceContext {
  readonly access: PathAccess;
  readonly index: ImageIndex;
  /** Long work that goes on when its client has gone. */
  readonly jobs: Jobs;
  readonly library: Library;
  /** Copies of the index, one of which comes before work that cannot be undone. */
  readonly backups: { start(): void; beforeRisk(): Promise<void> };
  readonly streams: LiveStreams;
  readonly thumbnails: ThumbnailSource;
  /** Changes files, folders and the index together. */
  readonly files: FileOperations;
  /** What the trash may hold. */
  readonly trashLimits: TrashLimits;
  readonly lister: FolderLister;
  readonly folderCovers: FolderCovers;
  readonly archives: Archives;
  /** Sorts images into folders. */
  readonly organizer: Organizer;
  readonly permission: AccessPermission;
  /** Whether callers may add library folders that lie outside the allowed ones. */
  readonly mayWidenAccess: boolean;
  /** What the grouping API shows; undefined where none was given. */
  readonly baseDirectory: BaseDirectory | undefined;
  readonly log: Logger;
  /** The provider of embeddings and chat; its key must appear in no answer and no log. */
  readonly ai: AiSettings;
  /** Finds what images are about. */
  readonly topics: Topics;
  /** The SD web UI whose settings were given. */
  readonly webui: WebuiConfig | undefined;
  /** Whether pages elsewhere may frame ours and call its functions. */
  readonly exportFeFn: boolean;
  readonly onShutdown: (() => void) | undefined;
  readonly pendingImage: PendingImage;
}

/** What a handler gets beside its input. */
export interface RequestContext extends ServiceContext, RequestScope {}
