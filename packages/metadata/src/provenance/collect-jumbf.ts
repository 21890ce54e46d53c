import { uint32Big } from '../bytes/integers.ts';
import { limits } from '../bytes/limits.ts';
import type { Findings } from '../containers/findings.ts';
import { isJsonArray, jsonObject, jsonText, type JsonValue } from '../json/json-value.ts';
import { parseTolerantJson } from '../json/parse-tolerant-json.ts';
import { asciiAt, decodeText } from '../text/decode-text.ts';
import { type CborValue, decodeCbor } from './decode-cbor.ts';
import { organisationsIn } from './certificate-names.ts';

/**
 * Adds what a C2PA manifest store says of the tools and of the kind of source: of every manifest
 * in it, since an edited picture carries the AI assertion in the manifest of its ingredient.
 */
export function collectJumbf(store: Uint8Array, found: Findings): void {
  const walk: Walk = { blocks: 0, seen: new Set(), inflate: (bytes) => found.inflateBrotli(bytes) };
  superbox(store, '', 0, walk, (name, value) => {
    if (walk.seen.has(`${name}\0${value}`)) return;
    walk.seen.add(`${name}\0${value}`);
    found.add(`c2pa:${name}`, name, value);
  });
}

type Add = (name: string, value: string) => void;

interface Walk {
  blocks: number;
  readonly seen: Set<string>;
  readonly inflate: (bytes: Uint8Array) => Uint8Array | undefined;
}

/** The boxes of a store or of one `jumb`, whose label its `jumd` box holds. */
function superbox(bytes: Uint8Array, outer: string, depth: number, walk: Walk, add: Add): void {
  let label = outer;
  for (let at = 0; at + 8 <= bytes.length;) {
    const declared = uint32Big(bytes, at);
    const end = declared === 0 ? bytes.length : at + declared;
    walk.blocks += 1;
    if ((declared !== 0 && declared < 8) || walk.blocks > limits.blocks) return;
    const body = bytes.subarray(at + 8, end);
    const type = asciiAt(bytes, at + 4, 4);
    if (type === 'jumd') label = descriptionLabel(body);
    else if (type === 'jumb' && depth < limits.depth) superbox(body, label, depth + 1, walk, add);
    else if (type === 'cbor') content(label, decodeCbor(body), body, add);
    else if (type === 'brob') compressed(body, label, depth, walk, add);
    else if (type === 'json') sourceTypesOf(parseTolerantJson(decodeText(body)), add);
    at = end;
  }
}

/** A manifest that was compressed with Brotli, the type of its box before it. */
function compressed(body: Uint8Array, label: string, depth: number, walk: Walk, add: Add): void {
  if (depth >= limits.depth || asciiAt(body, 0, 4) !== 'jumb') return;
  const inflated = walk.inflate(body.subarray(4));
  if (inflated !== undefined) superbox(inflated, label, depth + 1, walk, add);
}

/** A type of sixteen bytes, one byte of toggles, then the label. */
function descriptionLabel(body: Uint8Array): string {
  const hasLabel = ((body[16] ?? 0) & 2) !== 0;
  const end = body.indexOf(0, 17);
  return hasLabel && end > 0 ? decodeText(body.subarray(17, end)) : '';
}

function content(label: string, value: CborValue | undefined, body: Uint8Array, add: Add): void {
  if (label.startsWith('c2pa.signature')) {
    for (const name of organisationsIn(body)) add('issuer', name);
  }
  const record = asMap(value);
  if (record === undefined) return;
  if (label.startsWith('c2pa.claim')) {
    addText(record.get('claim_generator'), 'claim_generator', add);
    for (const info of asList(record.get('claim_generator_info'))) addTool(info, 'claim_generator', add);
  }
  if (!label.startsWith('c2pa.actions')) return;
  // From version 2 on, what several actions share stands in lists of its own.
  for (const agent of asList(record.get('softwareAgents'))) addTool(agent, 'softwareAgent', add);
  for (const item of [...asList(record.get('actions')), ...asList(record.get('templates'))]) {
    const action = asMap(item);
    addTool(action?.get('softwareAgent'), 'softwareAgent', add);
    addText(action?.get('digitalSourceType'), 'digitalSourceType', add);
    addText(asMap(action?.get('parameters'))?.get('digitalSourceType'), 'digitalSourceType', add);
  }
}

const maximumJsonDepth = 6;

/** The kind of source in an assertion that is JSON-LD: metadata of IPTC, or what schema.org calls a creative work. */
function sourceTypesOf(value: JsonValue | undefined, add: Add, depth = 0): void {
  if (depth > maximumJsonDepth) return;
  if (isJsonArray(value)) {
    for (const item of value) sourceTypesOf(item, add, depth + 1);
    return;
  }
  for (const [key, member] of Object.entries(jsonObject(value) ?? {})) {
    if (!sourceTypeKey.test(key)) {
      if (typeof member === 'object') sourceTypesOf(member, add, depth + 1);
      continue;
    }
    for (const type of isJsonArray(member) ? member : [member]) {
      addText(jsonText(jsonObject(type)?.['@id'] ?? type), 'digitalSourceType', add);
    }
  }
}

const sourceTypeKey = /(?:^|[:/#])DigitalSource(?:File)?Type$/i;

/** A tool is a text, or a map with name and version. */
function addTool(tool: CborValue | undefined, name: string, add: Add): void {
  const record = asMap(tool);
  if (record === undefined) {
    addText(tool, name, add);
    return;
  }
  const parts = [record.get('name'), record.get('version')].filter((part) => typeof part === 'string');
  addText(parts.join(' '), name, add);
}

function addText(value: CborValue | undefined, name: string, add: Add): void {
  if (typeof value === 'string' && value !== '' && value.length < 2_000) add(name, value);
}

function asMap(value: CborValue | undefined): ReadonlyMap<string, CborValue> | undefined {
  return value instanceof Map ? value : undefined;
}

function asList(value: CborValue | undefined): readonly CborValue[] {
  if (Array.isArray(value)) return value;
  return value === undefined ? [] : [value];
}
