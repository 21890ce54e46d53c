export { Confinement } from './confinement.ts';
export { FileAccessError, isFileAccessError, type FileAccessErrorCode } from './file-access-error.ts';
export type { FilePath } from './file-path.ts';
export { FolderFiles } from './folder-files.ts';
export { holdFolder, type HeldFolder } from './held-folder.ts';
export { makeFolders } from './make-folders.ts';
export {
  openRegularFile,
  openRegularFileSync,
  pathOfDescriptor,
  type OpenedFile,
  type OpenFileOptions,
} from './open-regular-file.ts';
export { readSmallFile, readSmallFileSync, type ReadSmallFileOptions } from './read-small-file.ts';
export { isDoubtful, spellPath, systemPath } from './system-path.ts';
export { removeTree } from './remove-tree.ts';
export { JsonLimitError, parseJson, type JsonLimits } from './parse-json.ts';
