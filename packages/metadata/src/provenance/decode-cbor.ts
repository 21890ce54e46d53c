import { joinBytes } from '../bytes/inflate-bounded.ts';
import { limits } from '../bytes/limits.ts';
import { decodeText } from '../text/decode-text.ts';

export type CborValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly CborValue[]
  | ReadonlyMap<string, CborValue>;

/**
 * The first CBOR value of these bytes; undefined where they are no CBOR. Tags are passed over,
 * members of maps whose key is no text or number are left out. Takes no more steps than there are bytes.
 */
export function decodeCbor(bytes: Uint8Array): CborValue | undefined {
  try {
    return new CborReader(bytes).value(0);
  } catch (error) {
    if (error === notCbor) return undefined;
    throw error;
  }
}

const notCbor = new Error('not CBOR');
const stop = Symbol('stop');

class CborReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  value(depth: number): CborValue {
    const item = this.#item(depth);
    if (item === stop) throw notCbor;
    return item;
  }

  #item(depth: number): CborValue | typeof stop {
    if (depth > limits.depth) throw notCbor;
    const initial = this.#byte();
    const major = initial >> 5;
    const info = initial & 31;
    if (initial === 0xff) return stop;
    if (major === 7) return this.#simple(info);
    const isIndefinite = info === 31;
    const argument = isIndefinite ? Number.POSITIVE_INFINITY : this.#argument(info);
    switch (major) {
      case 0:
        return argument;
      case 1:
        return -1 - argument;
      case 2:
        return isIndefinite ? joinBytes(this.#chunks(depth)) : this.#take(argument);
      case 3:
        return decodeText(isIndefinite ? joinBytes(this.#chunks(depth)) : this.#take(argument));
      case 4:
        return this.#array(argument, depth);
      case 5:
        return this.#map(argument, depth);
      default:
        return this.value(depth + 1);
    }
  }

  #array(length: number, depth: number): CborValue[] {
    const items: CborValue[] = [];
    while (items.length < length) {
      const item = this.#item(depth + 1);
      if (item === stop) break;
      items.push(item);
    }
    return items;
  }

  #map(length: number, depth: number): ReadonlyMap<string, CborValue> {
    const members = new Map<string, CborValue>();
    for (let count = 0; count < length; count += 1) {
      const key = this.#item(depth + 1);
      if (key === stop) break;
      const value = this.value(depth + 1);
      if (typeof key === 'string' || typeof key === 'number') members.set(`${key}`, value);
    }
    return members;
  }

  /** The parts of a string of indefinite length, each of which is a string itself. */
  #chunks(depth: number): Uint8Array[] {
    const parts = this.#array(Number.POSITIVE_INFINITY, depth);
    return parts.flatMap((part) => {
      if (part instanceof Uint8Array) return [part];
      return typeof part === 'string' ? [new TextEncoder().encode(part)] : [];
    });
  }

  #simple(info: number): CborValue {
    if (info === 20 || info === 21) return info === 21;
    if (info === 26) return this.#number(4, (at) => this.#view.getFloat32(at));
    if (info === 27) return this.#number(8, (at) => this.#view.getFloat64(at));
    if (info === 24) this.#take(1);
    if (info === 25) this.#take(2);
    return null;
  }

  #argument(info: number): number {
    if (info < 24) return info;
    if (info === 24) return this.#byte();
    if (info === 25) return this.#number(2, (at) => this.#view.getUint16(at));
    if (info === 26) return this.#number(4, (at) => this.#view.getUint32(at));
    if (info === 27) return this.#number(8, (at) => Number(this.#view.getBigUint64(at)));
    throw notCbor;
  }

  #number(length: number, read: (at: number) => number): number {
    const at = this.#at;
    this.#take(length);
    return read(at);
  }

  #byte(): number {
    return this.#take(1)[0] ?? 0;
  }

  #take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw notCbor;
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }
}
