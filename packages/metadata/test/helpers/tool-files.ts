import { Buffer } from 'node:buffer';
import { buildJpeg, exifSegment, jpegSegment } from './build-jpeg.ts';
import { buildPng, internationalTextChunk, textChunk } from './build-png.ts';
import { buildTiff, type TiffParts } from './build-tiff.ts';
import { buildWebp, exifChunk } from './build-webp.ts';
import { utf8 } from './bytes.ts';

export type Texts = Readonly<Record<string, string>>;

export interface PictureSize {
  readonly width?: number;
  readonly height?: number;
}

/** A PNG as Pillow writes it: tEXt where the text fits into Latin-1, iTXt otherwise. */
export function pillowPng(texts: Texts, size: PictureSize = {}): Uint8Array {
  const before = Object.entries(texts).map(([key, text]) =>
    isLatin1(text) ? textChunk(key, text) : internationalTextChunk(key, text),
  );
  return buildPng({ ...size, before });
}

/** A PNG with UTF-8 in its tEXt chunks, as many programs write it against the standard. */
export function rawUtf8Png(texts: Texts): Uint8Array {
  return buildPng({ before: Object.entries(texts).map(([key, text]) => textChunk(key, utf8(text))) });
}

export function exifJpeg(parts: TiffParts): Uint8Array {
  return buildJpeg([exifSegment(buildTiff(parts))]);
}

export function exifWebp(parts: TiffParts): Uint8Array {
  return buildWebp([exifChunk(buildTiff(parts))]);
}

export function commentJpeg(text: string): Uint8Array {
  return buildJpeg([jpegSegment(0xfe, utf8(text))]);
}

function isLatin1(text: string): boolean {
  return Buffer.from(text, 'latin1').toString('latin1') === text;
}
