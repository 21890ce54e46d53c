import type { CallOptions } from './call-options.ts';

/** Care for what is stored. */
export interface Upkeep {
  /** What the engine finds wrong with what it stored; empty when all is well. */
  checkIntegrity(options?: CallOptions): Promise<readonly string[]>;
  /** Gives unused room on disk back; needs as much room again while it runs. */
  compact(options?: CallOptions): Promise<void>;
  /** Waits for what is being written, then lets everything go. */
  close(): Promise<void>;
}
