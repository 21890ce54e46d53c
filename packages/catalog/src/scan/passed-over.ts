// Folders of programs and systems, in lower case: thumbnails of IIB, which have no tag; thumbnails, recycle bins, snapshots
// and parts of files of Synology and QNAP; recycle bins and restore points of Windows; what macOS adds to archives; what
// file system checks find.
const systemFolders = new Set([
  'iib_cache',
  '@eadir',
  '@tmp',
  '@synoresource',
  '@synoeastream',
  '#recycle',
  '#snapshot',
  '@recycle',
  '@recently-snapshot',
  '$recycle.bin',
  'recycler',
  'system volume information',
  '__macosx',
  'lost+found',
]);

/** What holds this file has no pictures to be shown, as Android means it; a folder of the library itself has. */
export const noMediaMark = '.nomedia';

/** What holds this file is a cache (https://bford.info/cachedir/), such as that of our thumbnails. */
export const cacheTag = 'CACHEDIR.TAG';

/** Whether files or folders of this name are never looked at. */
export function isPassedOver(name: string): boolean {
  return name.startsWith('.') || systemFolders.has(name.toLowerCase());
}
