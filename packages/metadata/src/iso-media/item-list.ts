import { uint32Big } from '../bytes/integers.ts';
import { decodeText, trimNul } from '../text/decode-text.ts';
import { type Box, boxesIn } from './box.ts';

/** Names that iTunes gives by four characters, as FFmpeg calls them. */
const names: Readonly<Record<string, string>> = {
  '\u00a9cmt': 'comment',
  '\u00a9nam': 'title',
  '\u00a9too': 'encoder',
  '\u00a9ART': 'artist',
  '\u00a9des': 'description',
  desc: 'description',
  ldes: 'synopsis',
};

/**
 * The texts of an `ilst` box: under keys of the `keys` box (`mdta`), under iTunes names of four
 * characters, or under a free name (`----`).
 */
export function readItemList(bytes: Uint8Array, boxes: readonly Box[]): { key: string; text: string }[] {
  const list = boxes.find(({ type }) => type === 'ilst');
  if (list === undefined) return [];
  const keys = readKeys(
    bytes,
    boxes.find(({ type }) => type === 'keys'),
  );
  return boxesIn(bytes, list.start, list.end).flatMap((item) => {
    const parts = boxesIn(bytes, item.start, item.end);
    const data = parts.find(({ type }) => type === 'data');
    const text = data && dataText(bytes, data);
    return text === undefined || text === '' ? [] : [{ key: keyOf(bytes, item, parts, keys), text }];
  });
}

function keyOf(bytes: Uint8Array, item: Box, parts: readonly Box[], keys: readonly string[]): string {
  if (item.type === '----') {
    const name = parts.find(({ type }) => type === 'name');
    return name === undefined ? '' : decodeText(bytes.subarray(name.start + 4, name.end));
  }
  const index = uint32Big(bytes, item.start - 4);
  return keys[index - 1] ?? names[item.type] ?? item.type;
}

/** Version and flags, a count, then for each key its length, its namespace and its name. */
function readKeys(bytes: Uint8Array, box: Box | undefined): string[] {
  if (box === undefined) return [];
  return boxesIn(bytes, box.start + 8, box.end).map(({ start, end }) =>
    decodeText(bytes.subarray(start, end)),
  );
}

/** The kind of the value (1 is UTF-8, 0 whatever the key implies), a locale, the value. */
function dataText(bytes: Uint8Array, { start, end }: Box): string | undefined {
  const kind = uint32Big(bytes, start);
  return kind === 0 || kind === 1 ? trimNul(decodeText(bytes.subarray(start + 8, end))) : undefined;
}
