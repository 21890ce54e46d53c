import type { CallOptions } from './call-options.ts';

/** Settings by name. */
export interface Settings {
  /** Settings by name, as JSON values. */
  settings(options?: CallOptions): Promise<ReadonlyMap<string, unknown>>;
  setSetting(name: string, value: unknown, options?: CallOptions): Promise<void>;
  removeSetting(name: string, options?: CallOptions): Promise<void>;
}
