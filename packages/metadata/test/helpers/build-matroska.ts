import { bytes, uint32, uint64, utf8 } from './bytes.ts';

/** An EBML element; sizes are written in eight bytes, as FFmpeg writes large ones. */
export function element(id: number, ...parts: (string | number | Uint8Array)[]): Uint8Array {
  const body = bytes(...parts);
  const size = uint64(body.length);
  size[0] = 0x01;
  return bytes(idBytes(id), size, body);
}

/** An element of unknown size, as live recordings have. */
export function openElement(id: number, ...parts: (string | number | Uint8Array)[]): Uint8Array {
  return bytes(idBytes(id), 0x01, new Uint8Array(7).fill(0xff), ...parts);
}

function idBytes(id: number): Uint8Array {
  return uint32(id).subarray(Math.clz32(id) >> 3);
}

export interface MatroskaParts {
  readonly type?: 'webm' | 'matroska';
  readonly tags?: Readonly<Record<string, string>>;
  /** Where the tags lie; `after` is reached through the seek head or by walking the clusters. */
  readonly place?: 'before' | 'after';
  readonly seekHead?: boolean;
  readonly clusters?: readonly Uint8Array[];
  /** Elements before the tracks, and within the only one. */
  readonly info?: Uint8Array;
  readonly track?: Uint8Array;
  /** Leaves the size of the segment open. */
  readonly live?: boolean;
}

export function cluster(length: number): Uint8Array {
  return element(0x1f43b675, element(0xe7, 0), element(0xa3, new Uint8Array(length)));
}

/** A Matroska or WebM file without pictures. */
export function buildMatroska(parts: MatroskaParts): Uint8Array {
  const { type = 'webm', tags = {}, place = 'before' } = parts;
  const header = element(0x1a45dfa3, element(0x4282, type));
  const simpleTags = Object.entries(tags).map(([name, text]) =>
    element(0x67c8, element(0x45a3, utf8(name)), element(0x4487, utf8(text))),
  );
  const tagList = element(0x1254c367, element(0x7373, element(0x63c0), ...simpleTags));
  const video = element(0xe0, element(0xb0, 0x02, 0x80), element(0xba, 0x01, 0xe0));
  const tracks = element(0x1654ae6b, element(0xae, element(0xd7, 1), parts.track ?? '', video));
  const clusters = bytes(...(parts.clusters ?? [cluster(16)]));
  const body = (tagsAt: number) => {
    const seek = element(0x4dbb, element(0x53ab, 0x12, 0x54, 0xc3, 0x67), element(0x53ac, uint64(tagsAt)));
    const head = parts.seekHead === true ? element(0x114d9b74, seek) : new Uint8Array(0);
    const start = bytes(head, parts.info ?? '', tracks);
    return place === 'before'
      ? { at: start.length, all: bytes(start, tagList, clusters) }
      : { at: start.length + clusters.length, all: bytes(start, clusters, tagList) };
  };
  const content = body(body(0).at).all;
  return bytes(header, parts.live === true ? openElement(0x18538067, content) : element(0x18538067, content));
}
