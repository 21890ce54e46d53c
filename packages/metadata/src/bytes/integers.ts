/** Unsigned integers out of bytes; a byte beyond the end counts as 0. */
export function uint16Big(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

export function uint16Little(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

export function uint24Little(bytes: Uint8Array, at: number): number {
  return uint16Little(bytes, at) | ((bytes[at + 2] ?? 0) << 16);
}

export function uint32Big(bytes: Uint8Array, at: number): number {
  return ((uint16Big(bytes, at) << 16) | uint16Big(bytes, at + 2)) >>> 0;
}

export function uint32Little(bytes: Uint8Array, at: number): number {
  return (uint16Little(bytes, at) | (uint16Little(bytes, at + 2) << 16)) >>> 0;
}

/** Exact up to 2^53, which no file reaches. */
export function uint64Big(bytes: Uint8Array, at: number): number {
  return uint32Big(bytes, at) * 0x1_0000_0000 + uint32Big(bytes, at + 4);
}
