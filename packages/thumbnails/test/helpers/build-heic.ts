import { loadLibavForWriting } from './libav-for-writing.ts';
import { makeVideo } from './make-video.ts';
import type { Colour } from './pixels.ts';

/** A HEIC of four tiles in two rows, each of one colour, as phones write them (ISO/IEC 23008-12). */
export interface TiledHeic {
  /** Side of a tile. */
  readonly tile: number;
  /** Size of the picture, which cuts off what the tiles have beyond it. */
  readonly width: number;
  readonly height: number;
  /** Quarter turns against the clock that the file asks for. */
  readonly turns?: 0 | 1 | 2 | 3;
  /** Writes the size in 32 bits each instead of 16. */
  readonly wideSizes?: boolean;
  /** Primaries and transfer by ITU-T H.273, which the file tells and its tiles do not. */
  readonly coding?: readonly [number, number];
}

const gridItem = 1;
const firstTile = 2;

/** Builds the file; `scratch` names a file for the encoder. */
export async function buildHeic(
  scratch: string,
  colours: readonly Colour[],
  { tile, width, height, turns = 0, wideSizes = false, coding }: TiledHeic,
): Promise<Buffer> {
  const tiles: { config: Buffer; data: Buffer }[] = [];
  for (const colour of colours) {
    const frame = [colour, colour, colour, colour];
    await makeVideo(scratch, [frame], { codec: 'libx265', width: tile, height: tile });
    tiles.push(await readHevc(scratch));
  }
  const ids = tiles.map((_, index) => firstTile + index);
  const size = wideSizes ? [u32(width), u32(height)] : [u16(width), u16(height)];
  const grid = Buffer.concat([bytes(0, wideSizes ? 1 : 0, 1, 1), ...size]);
  const properties = [
    box('hvcC', tiles[0]?.config ?? Buffer.alloc(0)),
    fullBox('ispe', 0, u32(tile), u32(tile)),
    fullBox('ispe', 0, u32(width), u32(height)),
    box('irot', bytes(turns)),
    ...(coding ? [box('colr', Buffer.from('nclx'), ...coding.map(u16), u16(6), bytes(0))] : []),
  ];
  const uses = [
    Buffer.concat([u16(gridItem), coding ? bytes(3, 3, 0x80 | 4, 5) : bytes(2, 3, 0x80 | 4)]),
    ...ids.map((id) => Buffer.concat([u16(id), bytes(2, 0x80 | 1, 2)])),
  ];
  const entry = (id: number, type: string): Buffer =>
    fullBox('infe', 2, u16(id), u16(0), Buffer.from(type), bytes(0));
  const before = (offset: number): Buffer => {
    let at = offset;
    const places = tiles.map(({ data }, index) => {
      const place = [u16(firstTile + index), u16(0), u16(0), u16(1), u32(at), u32(data.length)];
      at += data.length;
      return Buffer.concat(place);
    });
    const gridPlace = [u16(gridItem), u16(1), u16(0), u16(1), u32(0), u32(grid.length)];
    return Buffer.concat([
      box('ftyp', Buffer.from('heic'), u32(0), Buffer.from('mif1heic')),
      fullBox(
        'meta',
        0,
        fullBox('hdlr', 0, u32(0), Buffer.from('pict'), Buffer.alloc(13)),
        fullBox('pitm', 0, u16(gridItem)),
        fullBox('iloc', 1, bytes(0x44, 0), u16(5), ...gridPlace, ...places),
        fullBox('iinf', 0, u16(5), entry(gridItem, 'grid'), ...ids.map((id) => entry(id, 'hvc1'))),
        fullBox('iref', 0, box('dimg', u16(gridItem), u16(4), ...ids.map(u16))),
        box('iprp', box('ipco', ...properties), fullBox('ipma', 0, u32(5), ...uses)),
        box('idat', grid),
      ),
    ]);
  };
  const head = before(before(0).length + 8);
  return Buffer.concat([head, box('mdat', ...tiles.map(({ data }) => data))]);
}

/** Builds a HEIC of one piece whose transparency is a picture of its own, white where it is opaque. */
export async function buildTransparentHeic(
  scratch: string,
  quarters: { readonly colours: readonly Colour[]; readonly opacity: readonly Colour[] },
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Buffer> {
  const pictures: { config: Buffer; data: Buffer }[] = [];
  for (const frame of [quarters.colours, quarters.opacity]) {
    await makeVideo(scratch, [frame], { codec: 'libx265', width, height });
    pictures.push(await readHevc(scratch));
  }
  const [colour, alpha] = [1, 2];
  const properties = [
    ...pictures.map(({ config }) => box('hvcC', config)),
    fullBox('ispe', 0, u32(width), u32(height)),
    fullBox('auxC', 0, Buffer.from('urn:mpeg:hevc:2015:auxid:1\0')),
  ];
  const uses = [
    Buffer.concat([u16(colour), bytes(2, 0x80 | 1, 3)]),
    Buffer.concat([u16(alpha), bytes(3, 0x80 | 2, 3, 0x80 | 4)]),
  ];
  const entry = (id: number): Buffer => fullBox('infe', 2, u16(id), u16(0), Buffer.from('hvc1'), bytes(0));
  const before = (offset: number): Buffer => {
    const starts = [offset, offset + (pictures[0]?.data.length ?? 0)];
    const places = pictures.map(({ data }, index) =>
      Buffer.concat([u16(index + 1), u16(0), u16(0), u16(1), u32(starts[index] ?? 0), u32(data.length)]),
    );
    const meta = fullBox(
      'meta',
      0,
      fullBox('hdlr', 0, u32(0), Buffer.from('pict'), Buffer.alloc(13)),
      fullBox('pitm', 0, u16(colour)),
      fullBox('iloc', 1, bytes(0x44, 0), u16(2), ...places),
      fullBox('iinf', 0, u16(2), entry(colour), entry(alpha)),
      fullBox('iref', 0, box('auxl', u16(alpha), u16(1), u16(colour))),
      box('iprp', box('ipco', ...properties), fullBox('ipma', 0, u32(2), ...uses)),
    );
    return Buffer.concat([box('ftyp', Buffer.from('heic'), u32(0), Buffer.from('mif1heic')), meta]);
  };
  const head = before(before(0).length + 8);
  return Buffer.concat([head, box('mdat', ...pictures.map(({ data }) => data))]);
}

/** The configuration and the only picture of a file with HEVC, as an MP4 holds them. */
async function readHevc(path: string): Promise<{ config: Buffer; data: Buffer }> {
  const libav = await loadLibavForWriting();
  const input = new libav.FormatContext();
  input.allocContext();
  libav.FFmpegError.throwIfError(await input.openInput(path, null, null), 'openInput');
  using packet = new libav.Packet();
  packet.alloc();
  libav.FFmpegError.throwIfError(await input.readFrame(packet), 'readFrame');
  const stream = input.streams[input.findBestStream(libav.AVMEDIA_TYPE_VIDEO)];
  const config = Buffer.from(stream?.codecpar.extradata ?? []);
  const data = Buffer.from(packet.data ?? []);
  await input.closeInput();
  return { config, data };
}

function box(type: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body]);
}

function fullBox(type: string, version: number, ...content: readonly Buffer[]): Buffer {
  return box(type, bytes(version, 0, 0, 0), ...content);
}

function bytes(...values: readonly number[]): Buffer {
  return Buffer.from(values);
}

function u16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255]);
}

function u32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}
