import { open, type FileHandle } from 'node:fs/promises';

/** A HEIF picture that is put together of tiles (ISO/IEC 23008-12, 6.6.2.3.2). */
export interface HeifGrid {
  /** The items with the tiles, row by row. */
  readonly tiles: readonly number[];
  readonly columns: number;
  /** Size of the picture; tiles may reach beyond it. */
  readonly width: number;
  readonly height: number;
  /** Degrees that the picture has to be turned by, clockwise. */
  readonly turn: 0 | 90 | 180 | 270;
}

/** Size of the box that describes the items above which it is not read, in bytes. */
const maxMetaBytes = 4 * 2 ** 20;
const maxTopBoxes = 32;

interface Box {
  readonly type: string;
  readonly body: Buffer;
}

/** How the picture of a HEIF file is put together. */
export interface HeifPicture {
  /** The tiles of the picture; undefined when it is of one piece or mirrored. */
  readonly grid?: HeifGrid | undefined;
  /** The tiles of the picture that holds its transparency, or its one piece; undefined where there is none. */
  readonly alpha?: HeifGrid | undefined;
}

export async function readHeifPicture(path: string): Promise<HeifPicture> {
  const file = await open(path);
  try {
    const meta = await readMeta(file);
    return meta ? parsePicture(meta) : {};
  } catch (error) {
    // Reading beyond the end of a box means that the file is damaged.
    if (error instanceof RangeError) return {};
    throw error;
  } finally {
    await file.close();
  }
}

async function readMeta(file: FileHandle): Promise<Buffer | undefined> {
  let position = 0;
  for (let count = 0; count < maxTopBoxes; count++) {
    const { buffer: head, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, position);
    if (bytesRead < 8) return undefined;
    const size = head.readUInt32BE(0);
    if (head.toString('latin1', 4, 8) === 'meta') {
      if (size > maxMetaBytes) return undefined;
      const { buffer } = await file.read(Buffer.alloc(size), 0, size, position);
      return buffer.subarray(12);
    }
    if (size < 8) return undefined;
    position += size;
  }
  return undefined;
}

/** The boxes that say of items what they are. */
type ItemBoxes = Readonly<Partial<Record<'iref' | 'iloc' | 'idat' | 'iprp', Buffer>>>;

function parsePicture(meta: Buffer): HeifPicture {
  const boxes = readBoxes(meta);
  const find = (type: string): Buffer | undefined => boxes.find((box) => box.type === type)?.body;
  const pitm = find('pitm');
  if (!pitm) return {};
  const items = Object.fromEntries(
    (['iref', 'iloc', 'idat', 'iprp'] as const).map((type) => [type, find(type)]),
  ) as ItemBoxes;
  const primary = pitm[0] === 0 ? pitm.readUInt16BE(4) : pitm.readUInt32BE(4);
  const alphaItem = alphaOf(items, primary);
  const alpha =
    alphaItem === undefined ? undefined : (parseGrid(items, alphaItem) ?? onePiece(items, alphaItem));
  return { grid: parseGrid(items, primary), alpha };
}

function parseGrid({ iref, iloc, idat, iprp }: ItemBoxes, item: number): HeifGrid | undefined {
  if (!iref || !iloc || !idat || !iprp) return undefined;
  const tiles = tilesOf(iref, item);
  const start = idatOffset(iloc, item);
  const turn = turnOf(readBoxes(iprp), item);
  if (!tiles || start === undefined || turn === undefined) return undefined;
  const layout = readLayout(idat.subarray(start));
  return layout.rows * layout.columns === tiles.length ? { ...layout, tiles, turn } : undefined;
}

/** The item whose picture is the transparency of another (ISO/IEC 23008-12, 6.6.2.1.2 and 6.5.8). */
function alphaOf({ iref, iprp }: ItemBoxes, primary: number): number | undefined {
  if (!iref || !iprp) return undefined;
  const idBytes = iref[0] === 0 ? 2 : 4;
  const auxiliaries = readBoxes(iref.subarray(4))
    .filter(({ type, body }) => type === 'auxl' && body.readUIntBE(idBytes + 2, idBytes) === primary)
    .map(({ body }) => body.readUIntBE(0, idBytes));
  return auxiliaries.find((item) =>
    ownProperties(readBoxes(iprp), item).some(
      ({ type, body }) => type === 'auxC' && alphaNames.some((name) => body.includes(name, 4, 'latin1')),
    ),
  );
}

const alphaNames = ['urn:mpeg:hevc:2015:auxid:1\0', 'urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0'];

function onePiece({ iprp }: ItemBoxes, item: number): HeifGrid | undefined {
  const boxes = readBoxes(iprp ?? Buffer.alloc(0));
  const size = ownProperties(boxes, item).find(({ type }) => type === 'ispe')?.body;
  const turn = turnOf(boxes, item);
  if (!size || turn === undefined) return undefined;
  return { tiles: [item], columns: 1, width: size.readUInt32BE(4), height: size.readUInt32BE(8), turn };
}

function readBoxes(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const size = bytes.readUInt32BE(at);
    if (size < 8) break;
    const type = bytes.toString('latin1', at + 4, at + 8);
    boxes.push({ type, body: bytes.subarray(at + 8, at + size) });
    at += size;
  }
  return boxes;
}

/** What the picture is derived from, as the reference box (iref) tells. */
function tilesOf(iref: Buffer, primary: number): number[] | undefined {
  const wide = iref[0] !== 0;
  const idBytes = wide ? 4 : 2;
  const id = (body: Buffer, at: number): number => body.readUIntBE(at, idBytes);
  const body = readBoxes(iref.subarray(4)).find(
    (box) => box.type === 'dimg' && id(box.body, 0) === primary,
  )?.body;
  if (!body) return undefined;
  const count = body.readUInt16BE(idBytes);
  return Array.from({ length: count }, (_, index) => id(body, idBytes * (index + 1) + 2));
}

/** Where the layout of the grid begins in the data of the items (idat), as the location box (iloc) tells. */
function idatOffset(iloc: Buffer, primary: number): number | undefined {
  const version = iloc.readUInt8(0);
  // Only these versions can say that an item lies in the idat box.
  if (version !== 1 && version !== 2) return undefined;
  const [offsetBytes, lengthBytes] = [iloc.readUInt8(4) >> 4, iloc.readUInt8(4) & 15];
  const [baseBytes, indexBytes] = [iloc.readUInt8(5) >> 4, iloc.readUInt8(5) & 15];
  const idBytes = version === 1 ? 2 : 4;
  let at = 6;
  const next = (size: number): number => {
    const value = size === 0 ? 0 : size === 8 ? Number(iloc.readBigUInt64BE(at)) : iloc.readUIntBE(at, size);
    at += size;
    return value;
  };
  for (let left = next(idBytes); left > 0; left--) {
    const id = next(idBytes);
    const inIdat = (next(2) & 15) === 1;
    next(2);
    const base = next(baseBytes);
    let first: number | undefined;
    for (let extents = next(2); extents > 0; extents--) {
      next(indexBytes);
      const offset = base + next(offsetBytes);
      first ??= offset;
      next(lengthBytes);
    }
    if (id === primary) return inIdat ? first : undefined;
  }
  return undefined;
}

/** The turn that the properties of the picture ask for (irot, against the clock); undefined where it is mirrored. */
function turnOf(iprp: readonly Box[], primary: number): HeifGrid['turn'] | undefined {
  const own = ownProperties(iprp, primary);
  if (own.some(({ type }) => type === 'imir')) return undefined;
  const turns = own.find(({ type }) => type === 'irot')?.body.readUInt8(0) ?? 0;
  return ([0, 270, 180, 90] as const)[turns & 3];
}

function ownProperties(iprp: readonly Box[], item: number): Box[] {
  const properties = readBoxes(iprp.find(({ type }) => type === 'ipco')?.body ?? Buffer.alloc(0));
  const uses = iprp.find(({ type }) => type === 'ipma')?.body;
  const own = uses ? propertiesOf(uses, item).map((index) => properties[index - 1]) : [];
  return own.filter((property) => property !== undefined);
}

/** The numbers of the properties of an item, counted from 1, as the association box (ipma) tells. */
function propertiesOf(ipma: Buffer, item: number): number[] {
  const idBytes = ipma.readUInt8(0) === 0 ? 2 : 4;
  const wide = (ipma.readUInt8(3) & 1) === 1;
  let at = 8;
  for (let left = ipma.readUInt32BE(4); left > 0; left--) {
    const id = ipma.readUIntBE(at, idBytes);
    const count = ipma.readUInt8(at + idBytes);
    at += idBytes + 1;
    const start = at;
    at += count * (wide ? 2 : 1);
    if (id !== item) continue;
    return Array.from({ length: count }, (_, index) =>
      wide ? ipma.readUInt16BE(start + index * 2) & 0x7fff : ipma.readUInt8(start + index) & 0x7f,
    );
  }
  return [];
}

function readLayout(grid: Buffer): { rows: number; columns: number; width: number; height: number } {
  const wide = (grid.readUInt8(1) & 1) === 1;
  return {
    rows: grid.readUInt8(2) + 1,
    columns: grid.readUInt8(3) + 1,
    width: wide ? grid.readUInt32BE(4) : grid.readUInt16BE(4),
    height: wide ? grid.readUInt32BE(8) : grid.readUInt16BE(6),
  };
}
