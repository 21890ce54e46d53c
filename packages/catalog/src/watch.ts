export { LinkedFolders } from './watch/linked-folders.ts';
export { watchFolders, type WatchParts } from './watch/watch-folders.ts';
