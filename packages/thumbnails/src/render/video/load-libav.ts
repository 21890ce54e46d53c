import type { Libav } from './libav.ts';

// Not written where they are imported: a checker or a bundler would ask for a package that may be absent.
const modules = ['node-av/lib', 'node-av/constants'];

/** What to run where videos and further image formats are wanted. */
export const installCommand = 'npm install node-av';

/** Loads node-av; undefined when it, or its binary for this platform, is not installed. */
export async function loadLibav(): Promise<Libav | undefined> {
  try {
    const loaded = await Promise.all(modules.map((name) => import(name)));
    const libav = Object.assign({}, ...loaded) as Libav;
    libav.Log.setLevel(libav.AV_LOG_QUIET);
    return libav;
  } catch {
    return undefined;
  }
}
