import { bytes, uint16 } from './bytes.ts';

/** A comment extension, in sub-blocks of up to 255 bytes. */
export function gifComment(text: Uint8Array): Uint8Array {
  return bytes(0x21, 0xfe, subBlocks(text));
}

/** A frame of 2 x 2 pixels and data of this many bytes, which no reader looks at. */
export function gifFrame(length = 4): Uint8Array {
  const place = bytes(uint16(0), uint16(0), uint16(2), uint16(2), 0);
  return bytes(0x2c, place, 2, subBlocks(new Uint8Array(length).fill(0x21)));
}

function subBlocks(data: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += 255) {
    const part = data.subarray(at, at + 255);
    parts.push(bytes(part.length, part));
  }
  return bytes(...parts, 0);
}

/** A GIF of 20 x 10 around the given blocks. */
export function buildGif(blocks: readonly Uint8Array[]): Uint8Array {
  const screen = bytes(uint16(20, 'little'), uint16(10, 'little'), 0x80, 0, 0, new Uint8Array(6));
  return bytes('GIF89a', screen, ...blocks, 0x3b);
}
