import { expect, test } from 'vitest';
import {
  isSupportedFile,
  mediaFormat,
  mediaFormats,
  mediaKind,
  SUPPORTED_FILE_EXTENSIONS,
} from './media-kinds.ts';

test.each([
  ['a.png', 'image'],
  ['/x/B.JPEG', 'image'],
  ['a.b.webp', 'image'],
  ['a.heic', 'image'],
  ['a.mp4', 'video'],
  ['a.WebM', 'video'],
  ['a.mp3', 'audio'],
  ['a.txt', undefined],
  ['a.svg', 'image'],
  ['a.ts', 'video'],
  ['a.wma', 'audio'],
  ['a.ico', undefined],
  ['png', undefined],
  ['.png', undefined],
  ['/x/.png', undefined],
  ['folder.png/readme', undefined],
])('%s is %s', (name, kind) => {
  expect(mediaKind(name)).toBe(kind);
  expect(isSupportedFile(name)).toBe(kind === 'image' || kind === 'video');
});

test('every supported extension is lower case, begins with a dot and announces an image or video', () => {
  expect(SUPPORTED_FILE_EXTENSIONS).toContain('.webp');
  for (const extension of SUPPORTED_FILE_EXTENSIONS) {
    expect(extension).toMatch(/^\.[a-z\d]+$/);
    expect(isSupportedFile(`a${extension.toUpperCase()}`)).toBe(true);
  }
});

test.each([
  ['a.PNG', 'image/png', true],
  ['/x/a.m4v', 'video/mp4', true],
  ['a.opus', 'audio/ogg', true],
  ['a.svg', 'image/svg+xml', true],
  ['a.ts', 'video/mp2t', true],
  ['a.ico', 'image/x-icon', false],
  ['a.oga', 'audio/ogg', true],
])('%s is sent as %s; indexed: %s', (name, mediaType, isIndexed) => {
  expect(mediaFormat(name)).toMatchObject({ mediaType, isIndexed });
});

test('no extension stands for two formats, and each has a media type of its kind', () => {
  const extensions = mediaFormats.map(({ extension }) => extension);
  expect(new Set(extensions).size).toBe(extensions.length);
  for (const { extension, kind, mediaType } of mediaFormats) {
    expect(mediaFormat(`a${extension}`)?.mediaType).toBe(mediaType);
    expect(mediaType.split('/')[0]).toBe(kind);
  }
});

test('the table of formats is this one', () => {
  const rows = (isIndexed: boolean) =>
    mediaFormats
      .filter((format) => format.isIndexed === isIndexed)
      .map(({ extension, mediaType }) => `${extension} ${mediaType}`);
  expect(rows(true)).toEqual([
    '.png image/png',
    '.apng image/apng',
    '.jpg image/jpeg',
    '.jpeg image/jpeg',
    '.jpe image/jpeg',
    '.jfif image/jpeg',
    '.webp image/webp',
    '.gif image/gif',
    '.avif image/avif',
    '.heif image/heif',
    '.heic image/heic',
    '.jxl image/jxl',
    '.tif image/tiff',
    '.tiff image/tiff',
    '.bmp image/bmp',
    '.svg image/svg+xml',
    '.exr image/x-exr',
    '.mp4 video/mp4',
    '.m4v video/mp4',
    '.mov video/quicktime',
    '.mkv video/x-matroska',
    '.webm video/webm',
    '.avi video/x-msvideo',
    '.ts video/mp2t',
    '.m2ts video/mp2t',
    '.mts video/mp2t',
    '.mpg video/mpeg',
    '.mpeg video/mpeg',
    '.ogv video/ogg',
    '.3gp video/3gpp',
    '.flv video/x-flv',
    '.wmv video/x-ms-wmv',
    '.asf video/x-ms-wmv',
    '.mp3 audio/mpeg',
    '.wav audio/wav',
    '.ogg audio/ogg',
    '.opus audio/ogg',
    '.oga audio/ogg',
    '.flac audio/flac',
    '.m4a audio/mp4',
    '.aac audio/aac',
    '.wma audio/x-ms-wma',
  ]);
  expect(rows(false)).toEqual(['.ico image/x-icon']);
});
