import type * as constants from 'node-av/constants';
import type * as lib from 'node-av/lib';

/** The parts of node-av that are used. */
export type Libav = typeof lib & typeof constants;

/** Loads node-av; undefined when it, or its binary for this platform, is not installed. */
export async function loadLibav(): Promise<Libav | undefined> {
  try {
    const lib = await import('node-av/lib');
    const constants = await import('node-av/constants');
    lib.Log.setLevel(constants.AV_LOG_QUIET);
    return { ...lib, ...constants };
  } catch {
    return undefined;
  }
}
