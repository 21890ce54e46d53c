import type { Stats } from 'node:fs';
import path from 'node:path';

import type { FileInfo, IndexedFileInfo } from '@iib-kit/contract';

import type { IndexedImage } from '../image-index.ts';
import { sizeText } from './size-text.ts';

/** The shape of a file or folder that is on disk. */
export function statInfo(fullpath: string, stats: Stats, isUnderScannedPath: boolean): FileInfo {
  const isFolder = stats.isDirectory();
  return {
    type: isFolder ? 'dir' : 'file',
    date: stats.mtimeMs / 1000,
    created_time: (stats.birthtimeMs > 0 ? stats.birthtimeMs : stats.ctimeMs) / 1000,
    size: isFolder ? '-' : sizeText(stats.size),
    bytes: isFolder ? 0 : stats.size,
    name: path.basename(fullpath),
    fullpath,
    is_under_scanned_path: isUnderScannedPath,
  };
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
