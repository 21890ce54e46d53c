import { lstat, opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Folders, type ImageLookups, systemPath } from '@iib-kit/catalog';
import { isWithin } from '../access/path-access.ts';

/** How long an answer is believed, and how long one is waited for, in milliseconds. */
const BELIEVED = 1000;
const PATIENCE = 1000;
/** Of so many images of a folder one at least has to be there. */
const LOOKED_FOR = 10;

export type AvailabilityIndex = Pick<Folders, 'mountPoints'> & Pick<ImageLookups, 'folderCovers'>;

/** Tells which folders can be reached, asking the system about each at most once a second. */
export interface FolderAvailability {
  /** Those of these folders, and of the drives below them, that are not there, or do not answer. */
  unavailable(folders: readonly string[]): Promise<readonly string[]>;
  /** Believes no earlier answer any more. */
  lookAgain(): void;
}

interface Known {
  isAvailable: boolean;
  until: number;
  asking: Promise<void> | undefined;
}

/** Knows from the index where drives were, and what was in a folder. */
export function folderAvailability(index: AvailabilityIndex): FolderAvailability {
  const known = new Map<string, Known>();
  let mounts: { readonly paths: Promise<readonly string[]>; readonly until: number } | undefined;

  /** Folders below these in which drives were. */
  async function drivesBelow(folders: readonly string[]): Promise<readonly string[]> {
    if (mounts === undefined || performance.now() >= mounts.until)
      mounts = { paths: index.mountPoints(), until: performance.now() + BELIEVED };
    const paths = await mounts.paths;
    return paths.filter((drive) => folders.some((folder) => drive !== folder && isWithin(drive, folder)));
  }

  async function ask(folder: string, state: Known): Promise<void> {
    const note = (isAvailable: boolean) => {
      state.isAvailable = isAvailable;
      state.until = performance.now() + BELIEVED;
    };
    const look = async () => note(await isReachable(folder, index));
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
    lookAgain() {
      mounts = undefined;
      for (const state of known.values()) state.until = 0;
    },
    async unavailable(folders) {
      const asked = [...folders, ...(await drivesBelow(folders))];
      const answers = await Promise.all(asked.map(isAvailable));
      const gone = asked.filter((_, position) => answers[position] === false);
      return gone.filter((folder) => !gone.some((other) => other !== folder && isWithin(folder, other)));
    },
  };
}

/**
 * A drive that is gone leaves an empty folder where it was, or one on the drive that holds it, with whatever was put there
 * since.
 */
async function isReachable(folder: string, index: AvailabilityIndex): Promise<boolean> {
  try {
    const isSuspect = (await holdsNothing(folder)) || (await wasDrive(folder, index));
    return !isSuspect || (await holdsWhatIsKnown(folder, index));
  } catch {
    return false;
  }
}

async function holdsNothing(folder: string): Promise<boolean> {
  const entries = await opendir(systemPath(folder));
  try {
    // What the system itself puts into the folder of a drive is hidden.
    for (let entry = await entries.read(); entry !== null; entry = await entries.read())
      if (!entry.name.startsWith('.')) return false;
    return true;
  } finally {
    await entries.close();
  }
}

async function wasDrive(folder: string, index: AvailabilityIndex): Promise<boolean> {
  if (!(await index.mountPoints()).includes(folder)) return false;
  const [here, above] = await Promise.all(
    [folder, path.dirname(folder)].map((each) => stat(systemPath(each), { bigint: true })),
  );
  return here?.dev === above?.dev;
}

async function holdsWhatIsKnown(folder: string, index: AvailabilityIndex): Promise<boolean> {
  const covers = (await index.folderCovers([folder], LOOKED_FOR)).get(folder) ?? [];
  if (covers.length === 0) return true;
  const found = await Promise.all(
    covers.map((image) => lstat(systemPath(image.path)).catch(() => undefined)),
  );
  return found.some((stats) => stats !== undefined);
}
