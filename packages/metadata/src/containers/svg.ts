import type { ByteReader } from '../bytes/byte-reader.ts';
import { limits } from '../bytes/limits.ts';
import type { Reading } from '../bytes/reading.ts';
import { asciiAt, decodeText } from '../text/decode-text.ts';
import { collectXmp } from '../xmp/collect-xmp.ts';
import { decodeEntities } from '../xmp/parse-xml.ts';
import type { ContainerReader } from './container.ts';
import type { Findings } from './findings.ts';

/** Bytes in which the root element and the start of its metadata are looked for: drawings follow them. */
const headBytes = 64 * 1024;
const opensDocument = /^(?:\u00ef\u00bb\u00bf)?\s*<(?:svg[\s>]|\?xml\s|!DOCTYPE\s+svg|!--)/;

/** SVG: the first `metadata` element, which holds JSON of ComfyUI or an XMP packet, and the size of the root element. */
export const svg: ContainerReader = {
  recognize(head) {
    const start = asciiAt(head, 0, head.length);
    return opensDocument.test(start) && /<svg[\s>]/.test(start) ? 'svg' : undefined;
  },
  *read(file, found) {
    const head = decodeText(yield* file.read(0, Math.min(headBytes, file.size)));
    const root = /<svg\b[^>]{0,20000}>/.exec(head)?.[0];
    if (root === undefined) {
      found.warn('truncated', 'The SVG ends inside its root element.');
      return;
    }
    rootSize(root, found);
    if (/<metadata[\s>]/.test(head)) collectMetadata(root, yield* metadataText(file, head, found), found);
  },
};

/** The content of the element, read on where it is longer than the head; its end is where the drawing begins. */
function* metadataText(file: ByteReader, head: string, found: Findings): Reading<string> {
  const within = metadataIn(head);
  if (within !== undefined) return within;
  const text = decodeText(yield* file.read(0, Math.min(file.size, limits.valueBytes)));
  const whole = metadataIn(text);
  if (whole === undefined) {
    const isCut = file.size <= limits.valueBytes;
    const message = isCut
      ? 'The SVG ends inside its metadata.'
      : `The metadata of the SVG has more than ${limits.valueBytes} bytes.`;
    found.warn(isCut ? 'truncated' : 'limit-exceeded', message);
  }
  return whole ?? '';
}

function metadataIn(text: string): string | undefined {
  const start = /<metadata(?:\s[^>]{0,2000})?>/.exec(text);
  if (start === null) return undefined;
  const from = start.index + start[0].length;
  const end = text.indexOf('</metadata>', from);
  return end < 0 ? undefined : text.slice(from, end);
}

function collectMetadata(root: string, content: string, found: Findings): void {
  // Namespaces may be declared at the root.
  if (/<\w+:RDF[\s>]/.test(content)) collectXmp(`${root}${content}</svg>`, found);
  const text = /^\s*<!\[CDATA\[(.*)\]\]>\s*$/s.exec(content)?.[1] ?? plainText(content);
  if (text.trim() !== '') found.add('metadata', 'metadata', text.trim());
}

/** Text without elements in it. */
function plainText(content: string): string {
  return content.includes('<') ? '' : decodeEntities(content);
}

/** In pixels, or in units of the drawing, which are pixels unless something else scales them. */
function rootSize(root: string, found: Findings): void {
  const value = (name: string): number =>
    Number(new RegExp(`\\s${name}\\s*=\\s*["']\\s*([\\d.]+)(?:px)?\\s*["']`).exec(root)?.[1]);
  const box = /\sviewBox\s*=\s*["']([^"']{1,100})["']/.exec(root)?.[1];
  const [, , boxWidth = Number.NaN, boxHeight = Number.NaN] = (box ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [width, height] = [Math.round(value('width') || boxWidth), Math.round(value('height') || boxHeight)];
  if (width > 0 && height > 0) found.size(width, height);
}
