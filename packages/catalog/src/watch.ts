export { watchFolders, type WatchParts } from './watch/watch-folders.ts';
