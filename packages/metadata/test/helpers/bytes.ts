import { Buffer } from 'node:buffer';

/** Bytes of texts (one byte a character), numbers (one byte each) and arrays, in a row. */
export function bytes(...parts: (string | number | Uint8Array)[]): Uint8Array {
  return new Uint8Array(
    Buffer.concat(
      parts.map((part) => {
        if (typeof part === 'string') return Buffer.from(part, 'latin1');
        return typeof part === 'number' ? Buffer.from([part]) : part;
      }),
    ),
  );
}

export function uint16(value: number, order: 'big' | 'little' = 'big'): Uint8Array {
  const result = Buffer.alloc(2);
  if (order === 'big') result.writeUInt16BE(value);
  else result.writeUInt16LE(value);
  return result;
}

export function uint32(value: number, order: 'big' | 'little' = 'big'): Uint8Array {
  const result = Buffer.alloc(4);
  if (order === 'big') result.writeUInt32BE(value);
  else result.writeUInt32LE(value);
  return result;
}

export function uint64(value: number): Uint8Array {
  const result = Buffer.alloc(8);
  result.writeBigUInt64BE(BigInt(value));
  return result;
}

export function utf8(text: string): Uint8Array {
  return Buffer.from(text, 'utf8');
}

export function utf16(text: string, order: 'big' | 'little'): Uint8Array {
  const result = Buffer.from(text, 'utf16le');
  return order === 'big' ? result.swap16() : result;
}
