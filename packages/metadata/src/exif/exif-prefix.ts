const prefix = [0x45, 0x78, 0x69, 0x66, 0, 0];

/** Takes off the `Exif\0\0` that belongs into JPEG and that old Pillow writes into WebP as well. */
export function withoutExifPrefix(block: Uint8Array): Uint8Array {
  return prefix.every((byte, at) => block[at] === byte) ? block.subarray(6) : block;
}

export function withExifPrefix(block: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(prefix.length + block.length);
  bytes.set(prefix);
  bytes.set(block, prefix.length);
  return bytes;
}
