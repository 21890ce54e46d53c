import { bytes, uint16, uint32, uint64, utf8 } from './bytes.ts';

/** A box of the ISO base media format. */
export function box(type: string, ...parts: (string | number | Uint8Array)[]): Uint8Array {
  const body = bytes(...parts);
  return bytes(uint32(8 + body.length), type, body);
}

/** A box whose length is written in 64 bits. */
export function longBox(type: string, ...parts: (string | number | Uint8Array)[]): Uint8Array {
  const body = bytes(...parts);
  return bytes(uint32(1), type, uint64(16 + body.length), body);
}

/** A box with version and flags. */
export function fullBox(
  type: string,
  version: number,
  ...parts: (string | number | Uint8Array)[]
): Uint8Array {
  return box(type, version, 0, 0, 0, ...parts);
}

export function uuidBox(id: string, ...parts: (string | number | Uint8Array)[]): Uint8Array {
  return box('uuid', Buffer.from(id.replaceAll('-', ''), 'hex'), ...parts);
}

export interface HeifParts {
  readonly brand?: string;
  readonly exif?: Uint8Array;
  readonly xmp?: Uint8Array;
  /** Puts the items into the `idat` box instead of `mdat`. */
  readonly inIdat?: boolean;
  /** Splits each item into two extents. */
  readonly split?: boolean;
  readonly extra?: readonly Uint8Array[];
}

/** An AVIF or HEIF file without pixels: file type, `meta` with its items, `mdat`. */
export function buildHeif(parts: HeifParts): Uint8Array {
  const items: { type: string; contentType?: string; data: Uint8Array }[] = [];
  if (parts.exif) items.push({ type: 'Exif', data: bytes(uint32(0), parts.exif) });
  if (parts.xmp) items.push({ type: 'mime', contentType: 'application/rdf+xml', data: parts.xmp });
  const fileType = box('ftyp', parts.brand ?? 'avif', uint32(0), 'mif1', 'miaf');
  const payload = bytes(...items.map(({ data }) => data));
  const infos = items.map(({ type, contentType }, index) =>
    fullBox(
      'infe',
      2,
      uint16(index + 1),
      uint16(0),
      type,
      0,
      contentType === undefined ? '' : `${contentType}\0`,
    ),
  );
  const meta = (base: number) => {
    let offset = base;
    const locations = items.map(({ data }, index) => {
      const first = parts.split ? Math.floor(data.length / 2) : data.length;
      const extents = parts.split ? [first, data.length - first] : [first];
      const rows = extents.map((length) => {
        offset += length;
        return bytes(uint32(offset - length), uint32(length));
      });
      return bytes(uint16(index + 1), uint16(parts.inIdat ? 1 : 0), uint16(0), uint16(rows.length), ...rows);
    });
    return fullBox(
      'meta',
      0,
      fullBox('hdlr', 0, uint32(0), 'pict', new Uint8Array(13)),
      fullBox('iinf', 0, uint16(items.length), ...infos),
      fullBox('iloc', 1, 0x44, 0x00, uint16(items.length), ...locations),
      box(
        'iprp',
        box('ipco', fullBox('ispe', 0, uint32(32), uint32(24)), fullBox('ispe', 0, uint32(640), uint32(480))),
      ),
      parts.inIdat ? box('idat', payload) : '',
    );
  };
  const dataStart = fileType.length + meta(0).length + 8;
  return bytes(
    fileType,
    meta(parts.inIdat ? 0 : dataStart),
    box('mdat', parts.inIdat ? '' : payload),
    ...(parts.extra ?? []),
  );
}

export interface VideoParts {
  readonly brand?: string;
  /** Values under keys, as FFmpeg writes them with `-movflags use_metadata_tags`. */
  readonly keys?: Readonly<Record<string, string>>;
  /** Values under iTunes names of four characters. */
  readonly itunes?: Readonly<Record<string, string>>;
  /** Values of QuickTime user data, of four characters. */
  readonly quickTime?: Readonly<Record<string, string>>;
  /** Where `moov` lies. */
  readonly moov?: 'first' | 'last';
  readonly media?: Uint8Array;
  /** Boxes of the movie and of its track in place of those that say nothing. */
  readonly movieHeader?: Uint8Array;
  readonly trackMedia?: Uint8Array;
  readonly extra?: readonly Uint8Array[];
}

/** An MP4 or MOV file without pictures: file type, `moov` with a track and tags, `mdat`. */
export function buildMp4(parts: VideoParts = {}): Uint8Array {
  const { keys = {}, itunes = {}, quickTime = {} } = parts;
  const value = (text: string) => box('data', uint32(1), uint32(0), utf8(text));
  const handler = (type: string) => fullBox('hdlr', 0, uint32(0), type, new Uint8Array(13));
  const keyed = fullBox(
    'meta',
    0,
    handler('mdta'),
    fullBox(
      'keys',
      0,
      uint32(Object.keys(keys).length),
      ...Object.keys(keys).map((key) => box('mdta', utf8(key))),
    ),
    box(
      'ilst',
      ...Object.values(keys).map((text, index) =>
        bytes(uint32(8 + value(text).length), uint32(index + 1), value(text)),
      ),
    ),
  );
  const listed = fullBox(
    'meta',
    0,
    handler('mdir'),
    box('ilst', ...Object.entries(itunes).map(([name, text]) => box(name, value(text)))),
  );
  const userData = Object.entries(quickTime).map(([name, text]) =>
    box(name, uint16(utf8(text).length), uint16(0), utf8(text)),
  );
  const trackHeader = fullBox('tkhd', 0, new Uint8Array(72), uint32(640 << 16), uint32(480 << 16));
  const movie = box(
    'moov',
    parts.movieHeader ?? fullBox('mvhd', 0, new Uint8Array(96)),
    box('trak', trackHeader, parts.trackMedia ?? ''),
    Object.keys(itunes).length + userData.length > 0
      ? box('udta', ...userData, Object.keys(itunes).length > 0 ? listed : '')
      : '',
    Object.keys(keys).length > 0 ? keyed : '',
  );
  const fileType = box('ftyp', parts.brand ?? 'isom', uint32(512), 'isomiso2');
  const media = box('mdat', parts.media ?? new Uint8Array(64));
  const body = parts.moov === 'last' ? [media, movie] : [movie, media];
  return bytes(fileType, ...body, ...(parts.extra ?? []));
}
