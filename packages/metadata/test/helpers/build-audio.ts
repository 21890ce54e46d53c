import { bytes, uint32, utf8 } from './bytes.ts';

/** Comments of FLAC, Vorbis and Opus. */
export function vorbisComment(comments: Readonly<Record<string, string>>): Uint8Array {
  const little = (value: number) => uint32(value, 'little');
  const entries = Object.entries(comments).map(([name, text]) => utf8(`${name}=${text}`));
  return bytes(
    little(4),
    'Lavf',
    little(entries.length),
    ...entries.flatMap((entry) => [little(entry.length), entry]),
  );
}

/** A FLAC file without sound. */
export function buildFlac(comments: Readonly<Record<string, string>>): Uint8Array {
  const block = (type: number, data: Uint8Array) => bytes(type, uint32(data.length).subarray(1), data);
  return bytes(
    'fLaC',
    block(0, new Uint8Array(34)),
    block(0x84, vorbisComment(comments)),
    new Uint8Array(50),
  );
}

/** An Ogg file whose comments are this packet, in pages of 200 segments. */
export function buildOgg(packet: Uint8Array): Uint8Array {
  const page = (segments: readonly Uint8Array[]) =>
    bytes('OggS', new Uint8Array(22), segments.length, ...segments.map(({ length }) => length), ...segments);
  const segments: Uint8Array[] = [];
  for (let at = 0; at <= packet.length; at += 255) segments.push(packet.subarray(at, at + 255));
  const pages: Uint8Array[] = [page([bytes('OpusHead')])];
  for (let at = 0; at < segments.length; at += 200) pages.push(page(segments.slice(at, at + 200)));
  return bytes(...pages);
}

/** An ID3 tag with texts of their own names in UTF-8, before the first frame of sound. */
export function buildMp3(texts: Readonly<Record<string, string>>): Uint8Array {
  const synchsafe = (value: number) =>
    bytes(value >> 21, (value >> 14) & 0x7f, (value >> 7) & 0x7f, value & 0x7f);
  const frames = Object.entries(texts).map(([name, text]) => {
    const body = bytes(3, utf8(name), 0, utf8(text));
    return bytes('TXXX', synchsafe(body.length), 0, 0, body);
  });
  const tag = bytes(...frames);
  return bytes('ID3', 4, 0, 0, synchsafe(tag.length), tag, 0xff, 0xfb);
}
