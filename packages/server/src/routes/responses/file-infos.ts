import type { Stats } from 'node:fs';
import path from 'node:path';

import type { FileInfo, IndexedFileInfo } from '@iib-kit/contract';

import type { IndexedImage } from '@iib-kit/catalog';
import { createdMs } from '../../listing/created-ms.ts';
import { sizeText } from './size-text.ts';

/** What the shape of a file or folder is made from. */
export interface FileFacts {
  readonly isFolder: boolean;
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly createdMs: number;
}

/** The shape of a file or folder that is on disk. */
export function fileInfoOf(fullpath: string, facts: FileFacts, isUnderScannedPath: boolean): FileInfo {
  const { isFolder, bytes, modifiedMs } = facts;
  return {
    type: isFolder ? 'dir' : 'file',
    date: modifiedMs / 1000,
    created_time: facts.createdMs / 1000,
    size: isFolder ? '-' : sizeText(bytes),
    bytes: isFolder ? 0 : bytes,
    name: path.basename(fullpath),
    fullpath,
    is_under_scanned_path: isUnderScannedPath,
  };
}

export function statInfo(fullpath: string, stats: Stats, isUnderScannedPath: boolean): FileInfo {
  const facts = {
    isFolder: stats.isDirectory(),
    bytes: stats.size,
    modifiedMs: stats.mtimeMs,
    createdMs: createdMs(stats),
  };
  return fileInfoOf(fullpath, facts, isUnderScannedPath);
}

/** The shape of an image that is in the index. */
export function indexedInfo(image: IndexedImage): IndexedFileInfo {
  return {
    type: 'file',
    id: image.id,
    date: image.modifiedTime,
    created_time: image.createdTime,
    created_date: image.createdTime,
    size: sizeText(image.bytes),
    bytes: image.bytes,
    name: path.basename(image.path),
    fullpath: image.path,
    is_under_scanned_path: true,
  };
}
