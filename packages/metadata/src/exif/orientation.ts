import { TiffEditor } from './tiff-editor.ts';

const orientationTag = 0x0112;

/** How the picture is to be turned (1 to 8) as a TIFF block says; 1 when it does not say. */
export function readOrientation(block: Uint8Array): number {
  const value = TiffEditor.open(block)?.shortValue(orientationTag);
  return value !== undefined && value >= 1 && value <= 8 ? value : 1;
}

/** A TIFF block that says how the picture is to be turned, and nothing else. */
export function orientationExif(orientation: number): Uint8Array {
  const editor = TiffEditor.empty();
  editor.setShort(orientationTag, orientation);
  return editor.bytes();
}
