import type { FileChange } from '../files/commands/command-context.ts';
import type { OrganizeError, PlannedFile } from './organize-plan.ts';

/** A line of what a run did to files, written before it is done and after. */
export type LogLine =
  | { readonly step: 'confirmed'; readonly files: readonly PlannedFile[] }
  | { readonly step: 'making'; readonly folders: readonly string[] }
  | { readonly step: 'moving'; readonly files: readonly FileChange[] }
  | LogOutcome;

export interface LogOutcome {
  readonly step: 'moved' | 'undone';
  /** From where to where the files were moved at first. */
  readonly files: readonly FileChange[];
  readonly errors: readonly OrganizeError[];
}
