import type { CallOptions } from './call-options.ts';

/** Care for what is stored. */
export interface Upkeep {
  /**
   * Rejects with the reason where what is asked or written now would fail: what is stored is gone, or a part of the
   * engine cannot be started. Waits for nothing that runs.
   */
  ping(options?: CallOptions): Promise<void>;
  /** What the engine finds wrong with what it stored; empty when all is well. */
  checkIntegrity(options?: CallOptions): Promise<readonly string[]>;
  /** Gives unused room on disk back; needs as much room again while it runs. */
  compact(options?: CallOptions): Promise<void>;
  /**
   * Does to the end what is otherwise done bit by bit while nobody waits, so that searches are as quick and what is stored is
   * as small as in a new index; other calls come in between. Rejects where a part fails; what was done stays.
   */
  optimize(options?: CallOptions): Promise<void>;
  /** Waits for what is being written, up to a limit of the engine, then lets everything go. */
  close(): Promise<void>;
}
