const exifIfdPointer = 0x8769;
const userComment = 0x9286;
const long = 4;
const undefinedType = 7;
const firstIfd = 8;
const secondIfd = firstIfd + 2 + 12 + 4;
const valueAt = secondIfd + 2 + 12 + 4;

/** A big-endian EXIF block whose UserComment holds the text as the A1111 family writes it (UTF-16). */
export function exifWithComment(text: string): Buffer {
  const comment = Buffer.concat([Buffer.from('UNICODE\0', 'latin1'), Buffer.from(text, 'utf16le').swap16()]);
  const block = Buffer.alloc(valueAt + comment.length);
  block.write('MM\0*', 0, 'latin1');
  block.writeUInt32BE(firstIfd, 4);
  writeSingleEntry(block, firstIfd, { tag: exifIfdPointer, type: long, count: 1, value: secondIfd });
  writeSingleEntry(block, secondIfd, {
    tag: userComment,
    type: undefinedType,
    count: comment.length,
    value: valueAt,
  });
  comment.copy(block, valueAt);
  return block;
}

interface Entry {
  tag: number;
  type: number;
  count: number;
  value: number;
}

function writeSingleEntry(block: Buffer, offset: number, entry: Entry): void {
  block.writeUInt16BE(1, offset);
  block.writeUInt16BE(entry.tag, offset + 2);
  block.writeUInt16BE(entry.type, offset + 4);
  block.writeUInt32BE(entry.count, offset + 6);
  block.writeUInt32BE(entry.value, offset + 10);
}
