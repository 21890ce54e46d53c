import type { ImageMetadata } from '@iib-kit/metadata';

import { MAX_TEXT } from './description-to-response.ts';

/** EXIF by tag name, then the other texts of a file by their own; each name once. */
export function exifTexts({ exif = [], embedded }: ImageMetadata): Record<string, string> {
  const texts = new Map<string, string>();
  const add = (name: string, text: string) => {
    if (!texts.has(name)) texts.set(name, shorten(text));
  };
  for (const { name, text } of exif) add(name, text);
  for (const { key, location, text } of embedded) add(key === '' ? slotOf(location) : key, text);
  return Object.fromEntries(texts);
}

/** A text without a name of its own, such as a JPEG comment, is named by its place: `COM`. */
function slotOf(location: string): string {
  return location.slice(location.indexOf(':') + 1);
}

function shorten(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}...` : text;
}
