import type { LibraryFolders } from '../library/library-folders.ts';

/** How often folders are looked at while somebody listens, in milliseconds. */
const INTERVAL = 2000;

export interface FolderListener {
  /** Whether anybody wants to know: else no folder is looked at. */
  readonly isHeard: () => boolean;
  /** Gets the folders that are not there. */
  readonly onChange: (unavailable: readonly string[]) => void;
}

/**
 * Tells when folders of the library change, go away or come back. The system tells nothing of a drive that is pulled
 * out, so they are looked at again and again. Call the answer to stop.
 */
export function followFolders(
  library: Pick<LibraryFolders, 'unavailable' | 'onChange'>,
  { isHeard, onChange }: FolderListener,
): () => void {
  let isStopped = false;
  let isOwed = false;
  let last: string | undefined;
  const look = async (isChanged: boolean): Promise<void> => {
    isOwed ||= isChanged;
    // An index that is being closed, or whose thread has just ended, does not say where drives were: the next look tells.
    const unavailable = await library.unavailable().catch(() => undefined);
    if (unavailable === undefined || isStopped) return;
    const now = unavailable.join('\0');
    const isTold = isOwed || (last !== undefined && last !== now);
    isOwed = false;
    last = now;
    if (isTold) onChange(unavailable);
  };
  const stopListening = library.onChange(() => void look(true));
  const timer = setInterval(() => {
    if (isHeard()) void look(false);
  }, INTERVAL).unref();
  void look(false);
  return () => {
    isStopped = true;
    clearInterval(timer);
    stopListening();
  };
}
