import { TiffEditor } from './tiff-editor.ts';

const userComment = 0x9286;

/**
 * The EXIF block with this text as UserComment, the rest of it kept. As the A1111 family writes
 * it: label `UNICODE` and UTF-16 big-endian, whatever the byte order of the block.
 */
export function withUserComment(exif: Uint8Array | undefined, text: string): Uint8Array {
  const editor = (exif && TiffEditor.open(exif)) ?? TiffEditor.empty();
  const value = new Uint8Array(8 + text.length * 2);
  value.set(new TextEncoder().encode('UNICODE\0'));
  const view = new DataView(value.buffer);
  for (let at = 0; at < text.length; at += 1) view.setUint16(8 + at * 2, text.charCodeAt(at));
  // Fooocus and others write theirs into the first directory, where it would be found first.
  editor.remove(userComment);
  editor.setExifBytes(userComment, value);
  return editor.bytes();
}
