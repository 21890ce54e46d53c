/** Random numbers that are the same for the same seed. */
export function randomSource(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) % limit;
  };
}

type Random = (limit: number) => number;
type Mutation = (bytes: Uint8Array, other: Uint8Array, random: Random) => Uint8Array;

const interesting = [0, 1, 0x7f, 0x80, 0xff];

const flipBits: Mutation = (bytes, _other, random) => {
  const copy = bytes.slice();
  for (let count = random(16); count >= 0; count -= 1) {
    const at = random(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << random(8));
  }
  return copy;
};

/** Most structure lies in the first bytes, so half of the changes are made there. */
const setBytes: Mutation = (bytes, _other, random) => {
  const copy = bytes.slice();
  for (let count = random(8); count >= 0; count -= 1) {
    const reach = random(2) === 0 ? Math.min(256, copy.length) : copy.length;
    copy[random(reach)] = interesting[random(interesting.length)] ?? 0;
  }
  return copy;
};

/** Lengths and counts become the largest, the smallest or nearly so. */
const setIntegers: Mutation = (bytes, _other, random) => {
  const copy = bytes.slice();
  if (copy.length < 8) return copy;
  const values = [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, copy.length, random(0xffff)];
  for (let count = random(3); count >= 0; count -= 1) {
    const at = random(copy.length - 4);
    new DataView(copy.buffer).setUint32(at, values[random(values.length)] ?? 0, random(2) === 0);
  }
  return copy;
};

const truncate: Mutation = (bytes, _other, random) => bytes.slice(0, random(bytes.length + 1));

const splice: Mutation = (bytes, other, random) => {
  const from = random(other.length);
  const piece = other.subarray(from, from + random(other.length - from + 1));
  const at = random(bytes.length + 1);
  const skip = random(2) * random(piece.length + 1);
  return concat(bytes.subarray(0, at), piece, bytes.subarray(Math.min(bytes.length, at + skip)));
};

const repeat: Mutation = (bytes, _other, random) => {
  const from = random(bytes.length);
  const piece = bytes.subarray(from, from + 1 + random(Math.min(200, bytes.length - from)));
  const copies = Array.from({ length: 1 + random(20) }, () => piece);
  return concat(bytes.subarray(0, from), ...copies, bytes.subarray(from));
};

const mutations = [flipBits, setBytes, setIntegers, truncate, splice, repeat];

/** A damaged copy of a file; `other` lends pieces. */
export function mutate(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let mutated = bytes;
  for (let count = random(3); count >= 0 && mutated.length > 0; count -= 1) {
    mutated = (mutations[random(mutations.length)] ?? flipBits)(mutated, other, random);
  }
  return mutated;
}

function concat(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
