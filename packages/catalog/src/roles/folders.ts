import type { CallOptions } from './call-options.ts';

/** How a folder that the user added is used. */
export const extraPathTypes = ['scanned', 'scanned-fixed', 'walk', 'cli_access_only'] as const;
export type ExtraPathType = (typeof extraPathTypes)[number];

export interface ExtraPath {
  readonly path: string;
  readonly types: readonly ExtraPathType[];
  readonly alias: string;
}

/** The folders that the user added, and what is known of folders. */
export interface Folders {
  /** Folders that lay on another drive than the one that holds them when they were last read. */
  mountPoints(options?: CallOptions): Promise<readonly string[]>;
  extraPaths(options?: CallOptions): Promise<readonly ExtraPath[]>;
  /** Adds these types to the path's; the alias stays. */
  addExtraPath(path: string, types: readonly ExtraPathType[], options?: CallOptions): Promise<void>;
  /** Takes these types away, and the path with its last type. */
  removeExtraPath(path: string, types: readonly ExtraPathType[], options?: CallOptions): Promise<void>;
  /** Names an extra path. Throws `unknown-path`. */
  setAlias(path: string, alias: string, options?: CallOptions): Promise<ExtraPath>;
}
