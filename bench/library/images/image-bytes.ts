import { comfyPromptText, parametersText } from '../generation-text.ts';
import type { LibraryRow } from '../library-rows.ts';
import { jpegWithText } from './jpeg.ts';
import { pngWithText } from './png.ts';
import { webpWithText } from './webp.ts';

/** The file of a row: valid, of the size it names, and as small as its format allows. */
export function imageBytes(row: LibraryRow): Buffer {
  switch (row.format) {
    case 'png':
      return row.generator === 'comfyui'
        ? pngWithText(row.width, row.height, 'prompt', comfyPromptText(row))
        : pngWithText(row.width, row.height, 'parameters', parametersText(row));
    case 'jpeg':
      return jpegWithText(row.width, row.height, parametersText(row));
    case 'webp':
      return webpWithText(row.width, row.height, parametersText(row));
    default:
      throw new TypeError(`no writer for ${String(row.format satisfies never)}`);
  }
}
