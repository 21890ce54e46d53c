import { opendir } from 'node:fs/promises';

/** How long an answer is believed, and how long one is waited for, in milliseconds. */
const BELIEVED = 1000;
const PATIENCE = 1000;

/** Tells which folders can be reached, asking the system about each at most once a second. */
export interface FolderAvailability {
  /** Those of these folders that are not there, or do not answer. */
  unavailable(folders: readonly string[]): Promise<readonly string[]>;
}

interface Known {
  isAvailable: boolean;
  until: number;
  asking: Promise<void> | undefined;
}

/**
 * `isKnownAsFull` tells whether an empty folder held something before: a drive that is not plugged in leaves an
 * empty folder where it used to be.
 */
export function folderAvailability(isKnownAsFull: (folder: string) => Promise<boolean>): FolderAvailability {
  const known = new Map<string, Known>();

  async function ask(folder: string, state: Known): Promise<void> {
    const note = (isAvailable: boolean) => {
      state.isAvailable = isAvailable;
      state.until = performance.now() + BELIEVED;
    };
    const look = async () => note(await isReachable(folder, isKnownAsFull));
    let timer: NodeJS.Timeout | undefined;
    // A network drive that hangs would otherwise hold up every search.
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        note(false);
        resolve();
      }, PATIENCE);
    });
    await Promise.race([look(), late]);
    clearTimeout(timer);
    state.asking = undefined;
  }

  async function isAvailable(folder: string): Promise<boolean> {
    let state = known.get(folder);
    if (state === undefined) known.set(folder, (state = { isAvailable: true, until: 0, asking: undefined }));
    if (performance.now() >= state.until) await (state.asking ??= ask(folder, state));
    return state.isAvailable;
  }

  return {
    async unavailable(folders) {
      const answers = await Promise.all(folders.map(isAvailable));
      return folders.filter((_, position) => answers[position] === false);
    },
  };
}

async function isReachable(
  folder: string,
  isKnownAsFull: (folder: string) => Promise<boolean>,
): Promise<boolean> {
  try {
    const entries = await opendir(folder);
    const first = await entries.read();
    await entries.close();
    return first !== null || !(await isKnownAsFull(folder));
  } catch {
    return false;
  }
}
