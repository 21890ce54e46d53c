import { joinBytes } from '../bytes/inflate-bounded.ts';
import { readOrientation, orientationExif } from '../exif/orientation.ts';
import { decodeText } from '../text/decode-text.ts';
import type { MediaWriter } from './media-writer.ts';
import { pngChunk, splitAppended, splitChunks } from './png-chunks.ts';

const credentials = 'caBX';
const xmpKeyword = 'XML:com.adobe.xmp';

/** PNG: the infotext as chunk `parameters` before the pixels, tEXt, or iTXt beyond ASCII. */
export const pngWriter: MediaWriter = {
  isSigned: (bytes) => splitChunks(bytes).chunks.some(({ type }) => type === credentials),
  write(bytes, { infotext, dropCredentials }) {
    const { chunks, end } = splitChunks(bytes);
    const appended = splitAppended(bytes, end);
    const kept = [...chunks, ...appended.chunks].filter(
      ({ type, data }) => !isParameters(type, data) && !(dropCredentials && type === credentials),
    );
    const [header, ...others] = kept.map(({ raw }) => raw);
    const start = [bytes.subarray(0, 8), ...(header ? [header] : []), textChunk(infotext)];
    return joinBytes([...start, ...others, bytes.subarray(appended.end)]);
  },
  strip(bytes, packet) {
    const [header, ...chunks] = splitChunks(bytes).chunks.flatMap(({ type, data, raw }) => {
      if (type === 'eXIf') return keptOrientation(data);
      return descriptive.has(type) ? [] : [raw];
    });
    const label = packet === undefined ? [] : [internationalText(xmpKeyword, packet)];
    return joinBytes([bytes.subarray(0, 8), ...(header ? [header] : []), ...label, ...chunks]);
  },
};

const descriptive = new Set(['tEXt', 'zTXt', 'iTXt', 'comf', credentials, 'tIME', 'prVW', 'mkBF']);

function isParameters(type: string, data: Uint8Array): boolean {
  if (type !== 'tEXt' && type !== 'iTXt' && type !== 'zTXt') return false;
  return decodeText(data.subarray(0, data.indexOf(0))) === 'parameters';
}

function textChunk(infotext: string): Uint8Array {
  const text = new TextEncoder().encode(infotext);
  // Some readers take tEXt for UTF-8 and some for Latin-1: only ASCII is the same in both.
  return text.every((byte) => byte < 0x80)
    ? pngChunk('tEXt', joinBytes([new TextEncoder().encode('parameters\0'), text]))
    : internationalText('parameters', text);
}

/** Not compressed, without language and translated keyword. */
function internationalText(keyword: string, text: Uint8Array): Uint8Array {
  return pngChunk('iTXt', joinBytes([new TextEncoder().encode(`${keyword}\0\0\0\0\0`), text]));
}

function keptOrientation(exif: Uint8Array): Uint8Array[] {
  const orientation = readOrientation(exif);
  return orientation === 1 ? [] : [pngChunk('eXIf', orientationExif(orientation))];
}
