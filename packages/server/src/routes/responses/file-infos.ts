import type { Stats } from 'node:fs';
import path from 'node:path';

import type { CoverInfo, FileInfo, IndexedFileInfo } from '@iib-kit/contract';

import type { IndexedImage } from '@iib-kit/catalog';
import { entryInfoOf, type EntryInfo } from '../../listing/entry-info.ts';
import type { Cover } from '../../listing/folder-covers.ts';
import { sizeText } from './size-text.ts';

/** The shape of a file or folder that is on disk. */
export function fileInfoOf(fullpath: string, info: EntryInfo, isUnderScannedPath: boolean): FileInfo {
  const { isFolder, bytes, modifiedMs } = info;
  return {
    type: isFolder ? 'dir' : 'file',
    date: modifiedMs / 1000,
    created_time: info.createdMs / 1000,
    size: isFolder ? '-' : sizeText(bytes),
    bytes: isFolder ? 0 : bytes,
    name: path.basename(fullpath),
    fullpath,
    is_under_scanned_path: isUnderScannedPath,
  };
}

export function statInfo(fullpath: string, stats: Stats, isUnderScannedPath: boolean): FileInfo {
  return fileInfoOf(fullpath, entryInfoOf(stats), isUnderScannedPath);
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

export function coverInfo({ path: fullpath, info, mediaType, isUnderScannedPath }: Cover): CoverInfo {
  return { ...fileInfoOf(fullpath, info, isUnderScannedPath), type: 'file', media_type: mediaType };
}
