import { Buffer } from 'node:buffer';
import { buildJpeg, exifSegment, jpegSegment } from './build-jpeg.ts';
import { buildPng, internationalTextChunk, textChunk } from './build-png.ts';
import { buildTiff, type TiffParts } from './build-tiff.ts';
import { buildWebp, exifChunk } from './build-webp.ts';
import { bytes, uint16, uint32, utf8 } from './bytes.ts';

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

/** A PNG with an XMP packet in an iTXt chunk. */
export function xmpPng(packet: Uint8Array): Uint8Array {
  const text = Buffer.from(packet).toString('utf8');
  return buildPng({ before: [internationalTextChunk('XML:com.adobe.xmp', text)] });
}

export function xmpJpeg(packet: Uint8Array): Uint8Array {
  return buildJpeg([jpegSegment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', packet)]);
}

/** A JPEG with an IPTC caption in the block that Photoshop made for it. */
export function captionJpeg(caption: string): Uint8Array {
  const text = utf8(caption);
  const dataset = bytes(0x1c, 2, 120, uint16(text.length), text);
  const padded = bytes(dataset, new Uint8Array(dataset.length % 2));
  const resource = bytes('8BIM', uint16(0x0404), 0, 0, uint32(dataset.length), padded);
  return buildJpeg([jpegSegment(0xed, 'Photoshop 3.0\0', resource)]);
}
