import { collectExif } from '../exif/collect-exif.ts';
import { collectJumbf } from '../provenance/collect-jumbf.ts';
import { decodeText, trimNul } from '../text/decode-text.ts';
import { collectXmp } from '../xmp/collect-xmp.ts';
import type { Findings } from './findings.ts';
import type { PngChunk } from './png-extract.ts';
import { collectRawProfile, isRawProfile } from './png-raw-profile.ts';

const collectors: Readonly<Record<string, (data: Uint8Array, found: Findings) => void>> = {
  tEXt: collectText,
  zTXt: collectCompressedText,
  iTXt: collectInternationalText,
  eXIf: collectExif,
  comf: collectComfyText,
  caBX: collectJumbf,
};

/** Whether chunks of this type may say how the picture was made. */
export function isPngMetadata(type: string): boolean {
  return type in collectors;
}

export function collectPngChunk(chunk: PngChunk, found: Findings): void {
  collectors[chunk.name]?.(chunk.data, found);
}

/** Keyword and what follows its NUL. */
function splitKeyword(data: Uint8Array): [keyword: string, rest: Uint8Array] | undefined {
  const nul = data.indexOf(0);
  return nul < 1 ? undefined : [decodeText(data.subarray(0, nul)), data.subarray(nul + 1)];
}

function collectText(data: Uint8Array, found: Findings): void {
  const split = splitKeyword(data);
  if (split === undefined) return malformed('tEXt', found);
  addText('tEXt', split[0], trimNul(decodeText(split[1])), found);
}

/** Adds a text, or what it carries: XMP (Midjourney writes it as tEXt) or a profile in hex. */
function addText(type: string, keyword: string, text: string, found: Findings): void {
  if (keyword === 'XML:com.adobe.xmp') collectXmp(text, found);
  else if (isRawProfile(keyword)) collectRawProfile(keyword, text, found);
  else found.add(type, keyword, text);
}

function collectCompressedText(data: Uint8Array, found: Findings): void {
  const split = splitKeyword(data);
  if (split === undefined) return malformed('zTXt', found);
  const text = inflateText(split[1].subarray(1), found);
  if (text !== undefined) addText('zTXt', split[0], text, found);
}

/** Keyword, NUL, compression flag and method, language, NUL, translated keyword, NUL, text. */
function collectInternationalText(data: Uint8Array, found: Findings): void {
  const split = splitKeyword(data);
  if (split === undefined) return malformed('iTXt', found);
  const [keyword, rest] = split;
  const language = rest.indexOf(0, 2);
  const translated = language < 0 ? -1 : rest.indexOf(0, language + 1);
  if (translated < 0) return malformed('iTXt', found);
  const body = rest.subarray(translated + 1);
  const text = rest[0] === 1 ? inflateText(body, found) : trimNul(decodeText(body));
  if (text !== undefined) addText('iTXt', keyword, text, found);
}

/** The private chunk of animated PNG that ComfyUI writes: key, NUL, JSON. */
function collectComfyText(data: Uint8Array, found: Findings): void {
  const split = splitKeyword(data);
  if (split === undefined) return malformed('comf', found);
  found.add('comf', split[0], trimNul(decodeText(split[1])));
}

function inflateText(bytes: Uint8Array, found: Findings): string | undefined {
  const inflated = found.inflate(bytes);
  if (inflated === undefined) return undefined;
  if (!inflated.complete) found.warn('malformed', 'A compressed text breaks off.');
  return inflated.bytes.length === 0 ? undefined : trimNul(decodeText(inflated.bytes));
}

function malformed(type: string, found: Findings): void {
  found.warn('malformed', `A ${type} chunk has no keyword.`);
}
