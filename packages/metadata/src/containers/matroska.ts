import type { ByteReader } from '../bytes/byte-reader.ts';
import { uint32Big } from '../bytes/integers.ts';
import { limits } from '../bytes/limits.ts';
import type { Reading } from '../bytes/reading.ts';
import type { TrackKind } from '../image-metadata.ts';
import { asciiAt, decodeText, trimNul } from '../text/decode-text.ts';
import type { ContainerReader } from './container.ts';
import { bigEndian, type EbmlElement, elementsIn, readElement } from './ebml.ts';
import type { Findings } from './findings.ts';

const header = 0x1a45dfa3;
const segment = 0x18538067;
const seekHead = 0x114d9b74;
const seek = 0x4dbb;
const seekId = 0x53ab;
const seekPosition = 0x53ac;
const info = 0x1549a966;
const timestampScale = 0x2ad7b1;
const duration = 0x4489;
const trackType = 0x83;
const codecId = 0x86;
const defaultDuration = 0x23e383;
const tracks = 0x1654ae6b;
const trackEntry = 0xae;
const video = 0xe0;
const pixelWidth = 0xb0;
const pixelHeight = 0xba;
const tags = 0x1254c367;
const tag = 0x7373;
const simpleTag = 0x67c8;
const tagName = 0x45a3;
const tagString = 0x4487;
const cluster = 0x1f43b675;

/** Matroska and WebM: tags before or after the clusters, found through the seek head. */
export const matroska: ContainerReader = {
  recognize(head) {
    if (uint32Big(head, 0) !== header) return undefined;
    return asciiAt(head, 0, 64).includes('webm') ? 'webm' : 'matroska';
  },
  *read(file, found) {
    const ebml = yield* readElement(file, 0, file.size);
    const body = yield* readElement(file, ebml?.end ?? 0, file.size);
    if (body === undefined || body.id !== segment) {
      found.warn('truncated', 'The file has no segment.');
      return;
    }
    yield* new SegmentWalk(file, body, found).walk();
  },
};

class SegmentWalk {
  readonly #file: ByteReader;
  readonly #start: number;
  readonly #end: number;
  readonly #found: Findings;
  /** Where tags and tracks lie, as the seek head says. */
  readonly #targets: number[] = [];
  readonly #visited = new Set<number>();

  constructor(file: ByteReader, segment: EbmlElement, found: Findings) {
    this.#file = file;
    this.#start = segment.start;
    this.#end = Math.min(segment.end ?? file.size, file.size);
    this.#found = found;
    if ((segment.end ?? 0) > file.size) found.warn('truncated', 'The video ends inside its segment.');
  }

  *walk(): Reading<void> {
    let at = this.#start;
    for (let count = 0; count < limits.blocks; count += 1) {
      const element = yield* readElement(this.#file, at, this.#end);
      if (element === undefined) break;
      const isLast = element.id === cluster && (element.end === undefined || this.#targets.length > 0);
      if (isLast) break;
      yield* this.#element(element, at);
      if (element.end === undefined) break;
      at = element.end;
    }
    for (const target of this.#targets) {
      const element = yield* readElement(this.#file, target, this.#file.size);
      if (element !== undefined) yield* this.#element(element, target);
    }
  }

  *#element(element: EbmlElement, at: number): Reading<void> {
    const isWanted = [tags, tracks, seekHead, info].includes(element.id);
    if (!isWanted || this.#visited.has(at) || element.end === undefined) return;
    this.#visited.add(at);
    const length = element.end - element.start;
    if (length > limits.valueBytes) {
      this.#found.warn('limit-exceeded', `Tags are longer than ${limits.valueBytes} bytes.`);
      return;
    }
    const bytes = yield* this.#file.read(element.start, length);
    if (bytes.length < length) this.#found.warn('truncated', 'The video ends inside its tags.');
    if (element.id === tags) collectTags(bytes, this.#found);
    else if (element.id === tracks) collectTracks(bytes, this.#found);
    else if (element.id === info) collectDuration(bytes, this.#found);
    else this.#collectTargets(bytes);
  }

  /** Positions count from the start of the segment's content. */
  #collectTargets(bytes: Uint8Array): void {
    for (const entry of childrenOf(bytes, seek)) {
      const parts = elementsIn(bytes, entry.start, entry.end ?? entry.start);
      const id = valueOf(bytes, parts, seekId);
      const position = valueOf(bytes, parts, seekPosition);
      const isWanted = id !== undefined && [tags, tracks, seekHead, info].includes(bigEndian(id));
      if (!isWanted || position === undefined || this.#targets.length >= 64) continue;
      this.#targets.push(this.#start + bigEndian(position));
    }
  }
}

function childrenOf(bytes: Uint8Array, id: number): EbmlElement[] {
  return elementsIn(bytes, 0, bytes.length).filter((element) => element.id === id);
}

function valueOf(bytes: Uint8Array, elements: readonly EbmlElement[], id: number): Uint8Array | undefined {
  const element = elements.find((candidate) => candidate.id === id);
  return element && bytes.subarray(element.start, element.end);
}

/** A number of 4 or 8 bytes, in units of so many nanoseconds, a million where the file does not say. */
function collectDuration(bytes: Uint8Array, found: Findings): void {
  const parts = elementsIn(bytes, 0, bytes.length);
  const scale = valueOf(bytes, parts, timestampScale);
  const value = valueOf(bytes, parts, duration);
  if (value?.length !== 4 && value?.length !== 8) return;
  const view = new DataView(value.buffer, value.byteOffset, value.length);
  const units = value.length === 4 ? view.getFloat32(0) : view.getFloat64(0);
  found.duration((units * (scale === undefined ? 1e6 : bigEndian(scale))) / 1e9);
}

const kinds: Readonly<Record<number, TrackKind>> = { 1: 'video', 2: 'audio', 17: 'text' };

function collectTracks(bytes: Uint8Array, found: Findings): void {
  for (const entry of childrenOf(bytes, trackEntry)) {
    const track = elementsIn(bytes, entry.start, entry.end ?? 0);
    collectTrack(bytes, track, found);
    const picture = track.find(({ id }) => id === video);
    if (picture === undefined) continue;
    const parts = elementsIn(bytes, picture.start, picture.end ?? 0);
    const width = valueOf(bytes, parts, pixelWidth);
    const height = valueOf(bytes, parts, pixelHeight);
    if (width && height) found.size(bigEndian(width), bigEndian(height));
  }
}

function collectTrack(bytes: Uint8Array, track: readonly EbmlElement[], found: Findings): void {
  const type = valueOf(bytes, track, trackType);
  if (type === undefined) return;
  const codec = valueOf(bytes, track, codecId);
  const kind = kinds[bigEndian(type)] ?? 'other';
  found.addTrack({ kind, codec: codec === undefined ? '' : trimNul(decodeText(codec)) });
  const nanoseconds = kind === 'video' ? valueOf(bytes, track, defaultDuration) : undefined;
  if (nanoseconds !== undefined) found.frames(undefined, 1e9 / bigEndian(nanoseconds));
}

function collectTags(bytes: Uint8Array, found: Findings): void {
  for (const entry of childrenOf(bytes, tag)) {
    collectSimpleTags(bytes, entry, 0, found);
  }
}

/** A simple tag has a name, a text, and perhaps simple tags of its own. */
function collectSimpleTags(bytes: Uint8Array, parent: EbmlElement, depth: number, found: Findings): void {
  if (depth > limits.depth) return;
  for (const entry of elementsIn(bytes, parent.start, parent.end ?? 0)) {
    if (entry.id !== simpleTag) continue;
    const parts = elementsIn(bytes, entry.start, entry.end ?? 0);
    const name = valueOf(bytes, parts, tagName);
    const text = valueOf(bytes, parts, tagString);
    if (name && text) found.add('tag', decodeText(name), trimNul(decodeText(text)));
    collectSimpleTags(bytes, entry, depth + 1, found);
  }
}
