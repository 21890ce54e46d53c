import type { FileDescription } from '../../scan/describe-file.ts';
import type { MediaFile } from '../../scan/open-media-file.ts';

// A reader for tests of an index alone: PNG size and its first tEXt chunk, tags from the words before a comma.
const signature = '89504e470d0a1a0a';

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

function chunks(file: MediaFile): Chunk[] {
  const bytes = Buffer.from(file.read(0, file.size));
  const found: Chunk[] = [];
  for (let at = 8; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    found.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      data: bytes.subarray(at + 8, at + 8 + length),
    });
    at += 12 + length;
  }
  return found;
}

export function describeFile(file: MediaFile): FileDescription {
  const head = Buffer.from(file.read(0, 8));
  if (head.toString('hex') !== signature) return { isMedia: false, infotext: '', tags: [] };
  const all = chunks(file);
  const header = all.find(({ type }) => type === 'IHDR')?.data ?? Buffer.alloc(8);
  const text = all.find(({ type }) => type === 'tEXt')?.data.toString('utf8') ?? '';
  const infotext = text.slice(text.indexOf('\0') + 1);
  const prompt = infotext.split('\n')[0] ?? '';
  const words = prompt
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');
  return {
    isMedia: true,
    infotext,
    width: header.readUInt32BE(0),
    height: header.readUInt32BE(4),
    tags: [{ type: 'Media Type', name: 'Image' }, ...words.map((name) => ({ type: 'pos', name }))],
  };
}
