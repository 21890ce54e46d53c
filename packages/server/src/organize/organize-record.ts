import type { Confirmation } from './confirmed-files.ts';
import type { OrganizeError, OrganizeRequest } from './organize-plan.ts';

/** Where a run is: in what it does, or in what it waits for. */
export const organizePhases = ['planning', 'preview_ready', 'moving', 'done', 'undoing', 'undone'] as const;
export type OrganizePhase = (typeof organizePhases)[number];

/** What is remembered of a run beside its plan and the list of what was done. Times are Unix seconds. */
export interface OrganizeRecord {
  readonly version: 1;
  readonly id: string;
  readonly phase: OrganizePhase;
  /** Names the process that plans, moves or undoes. */
  readonly owner: string;
  readonly createdTime: number;
  readonly updatedTime: number;
  readonly request: OrganizeRequest;
  readonly confirmation?: Confirmation;
  /** How the latest part ended, where it was not carried to its end. */
  readonly ending?: { readonly status: 'failed' | 'cancelled'; readonly error: string } | undefined;
  readonly result?: OrganizeResult;
  readonly undo?: { readonly restoredCount: number; readonly errors: readonly OrganizeError[] };
}

export interface OrganizeResult {
  readonly movedCount: number;
  readonly createdFolders: readonly string[];
  readonly errors: readonly OrganizeError[];
}

/** Whether nothing is under way or to be gone on with. */
export function isResting({ phase, ending }: OrganizeRecord): boolean {
  if (phase === 'planning') return ending !== undefined;
  return phase !== 'moving' && phase !== 'undoing';
}
