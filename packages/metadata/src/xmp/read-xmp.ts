import { parseXml, type XmlElement } from './parse-xml.ts';

/** A property of an XMP packet. */
export interface XmpProperty {
  /** Prefix as the standards call the namespace, whatever the packet calls it. */
  readonly prefix: string;
  readonly name: string;
  readonly value: string;
}

/** Prefixes by namespace; packets may choose any. */
const prefixes: readonly (readonly [namespace: RegExp, prefix: string])[] = [
  [/^http:\/\/ns\.adobe\.com\/exif\/1\.0\/$/, 'exif'],
  [/^http:\/\/ns\.adobe\.com\/tiff\/1\.0\/$/, 'tiff'],
  [/^http:\/\/ns\.adobe\.com\/xap\/1\.0\/$/, 'xmp'],
  [/^http:\/\/purl\.org\/dc\/elements\/1\.1\/$/, 'dc'],
  [/^http:\/\/ns\.adobe\.com\/photoshop\/1\.0\/$/, 'photoshop'],
  [/^http:\/\/iptc\.org\/std\/Iptc4xmpExt\/2008-02-29\/$/, 'Iptc4xmpExt'],
  [/^https?:\/\/github\.com\/Comfy-Org\/ComfyUI\/?$/i, 'comfy'],
  [/^https:\/\/github\.com\/leejet\/stable-diffusion\.cpp\/ns\//i, 'sdcpp'],
  [/tc260/i, 'TC260'],
];
const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';

/**
 * The properties of an XMP packet that are texts, in element form and in attribute form; of a
 * list (`rdf:Alt`, `rdf:Seq`, `rdf:Bag`) every item.
 */
export function readXmp(packet: string): XmpProperty[] {
  const properties: XmpProperty[] = [];
  visit(parseXml(packet), new Map(), properties);
  return properties;
}

type Namespaces = ReadonlyMap<string, string>;

function visit(element: XmlElement, outer: Namespaces, properties: XmpProperty[]): void {
  const namespaces = withDeclared(element, outer);
  const isDescription = qualified(element.name, namespaces) === `${rdf}Description`;
  if (isDescription) {
    for (const [name, value] of element.attributes) add(name, value, namespaces, properties);
  }
  for (const child of element.children) {
    if (isDescription) property(child, namespaces, properties);
    else visit(child, namespaces, properties);
  }
}

/** One child of `rdf:Description`: its text, the items of its list, or the parts of its structure. */
function property(element: XmlElement, outer: Namespaces, properties: XmpProperty[]): void {
  const namespaces = withDeclared(element, outer);
  if (element.children.length === 0) add(element.name, element.text, namespaces, properties);
  addAttributes(element.name, element, namespaces, properties);
  for (const child of element.children) {
    const kind = qualified(child.name, withDeclared(child, namespaces));
    if (/(?:Alt|Seq|Bag)$/.test(kind) && kind.startsWith(rdf)) {
      for (const item of child.children) listItem(element.name, item, namespaces, properties);
    } else if (kind === `${rdf}Description`) visit(child, namespaces, properties);
    else property(child, namespaces, properties);
  }
}

function listItem(name: string, item: XmlElement, outer: Namespaces, properties: XmpProperty[]): void {
  const namespaces = withDeclared(item, outer);
  if (item.children.length === 0) add(name, item.text, namespaces, properties);
  else for (const child of item.children) property(child, namespaces, properties);
  addAttributes(name, item, namespaces, properties);
}

/** Attributes are properties of their own, but for a value that is an address: that is the element's. */
function addAttributes(
  name: string,
  element: XmlElement,
  namespaces: Namespaces,
  properties: XmpProperty[],
): void {
  for (const [key, value] of element.attributes) {
    const isResource = qualified(key, namespaces) === `${rdf}resource`;
    add(isResource ? name : key, value, namespaces, properties);
  }
}

function add(name: string, value: string, namespaces: Namespaces, properties: XmpProperty[]): void {
  const colon = name.indexOf(':');
  const written = name.slice(0, Math.max(colon, 0));
  const namespace = namespaces.get(written) ?? '';
  const text = value.trim();
  if (colon < 0 || text === '' || written === 'xml' || written === 'xmlns' || namespace === rdf) return;
  const prefix = prefixes.find(([pattern]) => pattern.test(namespace))?.[1] ?? written;
  properties.push({ prefix, name: name.slice(colon + 1), value: text });
}

function withDeclared(element: XmlElement, outer: Namespaces): Namespaces {
  const declared = [...element.attributes].filter(([name]) => name.startsWith('xmlns:'));
  if (declared.length === 0) return outer;
  return new Map([...outer, ...declared.map(([name, uri]) => [name.slice(6), uri] as const)]);
}

function qualified(name: string, namespaces: Namespaces): string {
  const colon = name.indexOf(':');
  return `${namespaces.get(name.slice(0, Math.max(colon, 0))) ?? ''}${name.slice(colon + 1)}`;
}
