import { uint16Big, uint32Big, uint64Big } from '../bytes/integers.ts';
import { limits } from '../bytes/limits.ts';
import { asciiAt, decodeText } from '../text/decode-text.ts';
import { type Box, boxesIn } from './box.ts';

export interface HeifItem {
  readonly type: string;
  /** Media type of a `mime` item. */
  readonly contentType: string;
  /** Whether the extents lie in the `idat` box instead of the file. */
  readonly inIdat: boolean;
  readonly extents: readonly { readonly offset: number; readonly length: number }[];
}

export interface HeifMeta {
  /** Items of type `Exif` and `mime`. */
  readonly items: readonly HeifItem[];
  readonly idat: Uint8Array;
  readonly width: number | undefined;
  readonly height: number | undefined;
}

/** The content of a `meta` box of a HEIF or AVIF file. */
export function readHeifMeta(meta: Uint8Array): HeifMeta {
  const boxes = boxesIn(meta, 4, meta.length);
  const find = (type: string) => boxes.find((box) => box.type === type);
  const infos = readItemInfos(meta, find('iinf'));
  const locations = readItemLocations(meta, find('iloc'));
  const idat = find('idat');
  const items = [...infos].flatMap(([id, info]): HeifItem[] => {
    const location = locations.get(id);
    return location === undefined ? [] : [{ ...info, ...location }];
  });
  return {
    items,
    idat: idat === undefined ? new Uint8Array(0) : meta.subarray(idat.start, idat.end),
    ...readSize(meta, find('iprp')),
  };
}

function readItemInfos(
  meta: Uint8Array,
  iinf: Box | undefined,
): Map<number, { type: string; contentType: string }> {
  const infos = new Map<number, { type: string; contentType: string }>();
  if (iinf === undefined) return infos;
  const entries = iinf.start + (meta[iinf.start] === 0 ? 6 : 8);
  for (const box of boxesIn(meta, entries, iinf.end)) {
    const version = meta[box.start] ?? 0;
    if (box.type !== 'infe' || version < 2) continue;
    const isLong = version > 2;
    const id = isLong ? uint32Big(meta, box.start + 4) : uint16Big(meta, box.start + 4);
    const typeAt = box.start + (isLong ? 10 : 8);
    const type = asciiAt(meta, typeAt, 4);
    const [, contentType = ''] = decodeText(meta.subarray(typeAt + 4, box.end)).split('\0');
    if (type === 'Exif' || type === 'mime') infos.set(id, { type, contentType });
    if (infos.size >= limits.values) break;
  }
  return infos;
}

/** The sizes of the fields are themselves in the box: 0, 4 or 8 bytes each. */
function readItemLocations(
  meta: Uint8Array,
  iloc: Box | undefined,
): Map<number, Pick<HeifItem, 'inIdat' | 'extents'>> {
  const locations = new Map<number, Pick<HeifItem, 'inIdat' | 'extents'>>();
  if (iloc === undefined) return locations;
  const version = meta[iloc.start] ?? 0;
  const sizes = uint16Big(meta, iloc.start + 4);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version === 0 ? 0 : sizes & 15;
  let at = iloc.start + 6;
  const take = (size: number) => {
    at += size;
    return uintOf(meta, at - size, size);
  };
  const count = take(version < 2 ? 2 : 4);
  for (let item = 0; item < count && at < iloc.end; item += 1) {
    const id = take(version < 2 ? 2 : 4);
    const construction = version === 0 ? 0 : take(2) & 15;
    take(2);
    const base = take(baseSize);
    const extentCount = take(2);
    const extents: { offset: number; length: number }[] = [];
    for (let extent = 0; extent < extentCount && at < iloc.end; extent += 1) {
      take(indexSize);
      const offset = base + take(offsetSize);
      extents.push({ offset, length: take(lengthSize) });
    }
    if (construction < 2) locations.set(id, { inIdat: construction === 1, extents });
  }
  return locations;
}

function uintOf(bytes: Uint8Array, at: number, size: number): number {
  if (size === 2) return uint16Big(bytes, at);
  if (size === 4) return uint32Big(bytes, at);
  return size === 8 ? uint64Big(bytes, at) : 0;
}

/** The largest `ispe`: thumbnails and tiles of a grid have smaller ones. */
function readSize(
  meta: Uint8Array,
  iprp: Box | undefined,
): { width: number | undefined; height: number | undefined } {
  const none = { width: undefined, height: undefined };
  const ipco = iprp && boxesIn(meta, iprp.start, iprp.end).find(({ type }) => type === 'ipco');
  if (ipco === undefined) return none;
  const sizes = boxesIn(meta, ipco.start, ipco.end)
    .filter(({ type, start, end }) => type === 'ispe' && end - start >= 12)
    .map(({ start }) => ({ width: uint32Big(meta, start + 4), height: uint32Big(meta, start + 8) }));
  const area = (size: { width: number; height: number }) => size.width * size.height;
  return sizes.sort((one, other) => area(other) - area(one))[0] ?? none;
}
