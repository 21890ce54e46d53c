import type { Confinement } from '@iib-kit/files';

import type { PathAccess } from '../../access/path-access.ts';
import type { IndexFollower } from '../execute/index-follower.ts';
import type { Journal } from '../execute/journal.ts';
import type { EntryGroup } from '../execute/operation-plan.ts';
import type { EntryChecks } from '../plan/entry-checks.ts';

/** What the commands share. None of them takes the lock. */
export interface CommandContext {
  readonly access: PathAccess;
  /** Where what is changed must really lie: in what callers may touch, and the central trash. */
  bounds(): Promise<Confinement | undefined>;
  readonly journal: Journal;
  readonly index: IndexFollower;
  /** New checks, for the paths of one command. */
  checks(): EntryChecks;
}

export interface FileChange {
  readonly from: string;
  readonly to: string;
}

export function changeOf([{ from, to }]: EntryGroup): FileChange {
  return { from, to };
}
