import { joinBytes } from '../bytes/inflate-bounded.ts';
import { uint16Big } from '../bytes/integers.ts';
import { withExifPrefix } from '../exif/exif-prefix.ts';
import { orientationExif, readOrientation } from '../exif/orientation.ts';
import { withUserComment } from '../exif/user-comment-exif.ts';
import { MetadataError } from '../metadata-error.ts';
import { asciiAt } from '../text/decode-text.ts';
import type { MediaWriter } from './media-writer.ts';

const maximumSegment = 0xffff - 2;

/** JPEG: the infotext as EXIF UserComment, which is where the A1111 family reads it. */
export const jpegWriter: MediaWriter = {
  isSigned: (bytes) => splitSegments(bytes).segments.some(isCredential),
  write(bytes, { infotext, dropCredentials }) {
    const { segments, scan } = splitSegments(bytes);
    const exif = segments.find(isExif);
    const block = withExifPrefix(withUserComment(exif?.body, infotext));
    const others = segments
      .filter((segment) => segment !== exif && !(dropCredentials && isCredential(segment)))
      .map(({ raw }) => raw);
    // JFIF asks to be first; EXIF comes right after it.
    const first = segments[0]?.marker === 0xe0 ? 1 : 0;
    others.splice(first, 0, app1(block));
    return joinBytes([bytes.subarray(0, 2), ...others, bytes.subarray(scan)]);
  },
  strip(bytes, packet) {
    const { segments, scan } = splitSegments(bytes);
    const kept = segments.flatMap((segment) => {
      if (isExif(segment)) return keptOrientation(segment);
      return isNeeded(segment) ? [segment.raw] : [];
    });
    if (packet !== undefined) {
      const mark = new TextEncoder().encode('http://ns.adobe.com/xap/1.0/\0');
      kept.splice(segments[0]?.marker === 0xe0 ? 1 : 0, 0, app1(joinBytes([mark, packet])));
    }
    return joinBytes([bytes.subarray(0, 2), ...kept, bytes.subarray(scan, endOfPicture(bytes, scan))]);
  },
};

interface Segment {
  readonly marker: number;
  readonly body: Uint8Array;
  readonly raw: Uint8Array;
}

/** Segments before the first scan, and where that begins. */
function splitSegments(bytes: Uint8Array): { segments: Segment[]; scan: number } {
  const segments: Segment[] = [];
  let at = 2;
  while (bytes[at] === 0xff && at + 4 <= bytes.length) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xda) return { segments, scan: at };
    const raw = bytes.subarray(at, at + 2 + uint16Big(bytes, at + 2));
    segments.push({ marker, body: raw.subarray(4), raw });
    at += raw.length;
  }
  throw new MetadataError('invalid-file', 'The JPEG ends before its picture.');
}

function isExif({ marker, body }: Segment): boolean {
  return marker === 0xe1 && asciiAt(body, 0, 6) === 'Exif\0\0';
}

/** A packet of a JUMBF box, which is what content credentials come in. */
function isCredential({ marker, body }: Segment): boolean {
  return marker === 0xeb && asciiAt(body, 0, 2) === 'JP';
}

/** Tables and frames, JFIF, colour profile, Adobe's colour transform: a decoder needs them. */
function isNeeded({ marker, body }: Segment): boolean {
  if (marker === 0xe2) return asciiAt(body, 0, 11) === 'ICC_PROFILE';
  return !((marker > 0xe0 && marker <= 0xed) || marker === 0xef || marker === 0xfe);
}

function keptOrientation({ body }: Segment): Uint8Array[] {
  const orientation = readOrientation(body);
  return orientation === 1 ? [] : [app1(withExifPrefix(orientationExif(orientation)))];
}

function app1(body: Uint8Array): Uint8Array {
  if (body.length > maximumSegment) {
    throw new MetadataError(
      'too-large',
      `A JPEG holds at most ${maximumSegment} bytes of EXIF; this needs ${body.length}.`,
    );
  }
  const length = body.length + 2;
  return joinBytes([new Uint8Array([0xff, 0xe1, length >> 8, length & 0xff]), body]);
}

/** Past the end marker of the first picture: phones put other data behind it. */
function endOfPicture(bytes: Uint8Array, scan: number): number {
  let at = scan;
  while (at + 1 < bytes.length) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || marker === 0xff) at += 1;
    else if (marker === 0xd9) return at + 2;
    else if (marker === 0 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else at += 2 + uint16Big(bytes, at + 2);
  }
  return bytes.length;
}
