import { limits } from '../bytes/limits.ts';

export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const attribute = /([^\s=<>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * The elements of a small XML document such as an XMP packet. Tolerant: an unknown entity stays as
 * it is, a missing end tag ends with its parent, nothing is loaded from anywhere.
 */
export function parseXml(text: string): XmlElement {
  const root: XmlElement = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [root];
  let count = 0;
  for (let at = 0; at < text.length;) {
    const parent = open.at(-1) ?? root;
    const start = text.indexOf('<', at);
    if (start < 0 || start > at) parent.text += decodeEntities(text.slice(at, start < 0 ? undefined : start));
    if (start < 0) break;
    const special = skipSpecial(text, start, parent);
    if (special !== undefined) {
      at = special;
      continue;
    }
    const end = endOfTag(text, start + 1);
    const tag = text.slice(start + 1, end);
    at = end + 1;
    if (tag.startsWith('/')) {
      close(open, tag.slice(1).trim());
      continue;
    }
    count += 1;
    if (count > limits.xmlElements || open.length > limits.xmlDepth) break;
    const element = readTag(tag);
    parent.children.push(element);
    if (!tag.endsWith('/')) open.push(element);
  }
  return root;
}

function readTag(tag: string): XmlElement {
  const name = /^[^\s/]*/.exec(tag)?.[0] ?? '';
  return { name, attributes: readAttributes(tag.slice(name.length)), children: [], text: '' };
}

const specials = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['<!', '>'],
] as const;

/** Past a comment, an instruction or a declaration; the text of a CDATA section is kept. */
function skipSpecial(text: string, start: number, parent: XmlElement): number | undefined {
  for (const [opening, closing] of specials) {
    if (!text.startsWith(opening, start)) continue;
    const end = text.indexOf(closing, start + opening.length);
    if (end < 0) return text.length;
    if (opening === '<![CDATA[') parent.text += text.slice(start + opening.length, end);
    return end + closing.length;
  }
  return undefined;
}

/** The `>` that ends a tag, which may stand inside quotes before; the end of the text if none. */
function endOfTag(text: string, start: number): number {
  let quote = '';
  for (let at = start; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (quote === '' && character === '>') return at;
    if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = '';
  }
  return text.length;
}

function close(open: XmlElement[], name: string): void {
  const index = open.findLastIndex((element) => element.name === name);
  if (index > 0) open.length = index;
}

function readAttributes(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single] of text.matchAll(attribute)) {
    attributes.set(name, decodeEntities(double ?? single ?? ''));
  }
  return attributes;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return named[String(name).toLowerCase()] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
