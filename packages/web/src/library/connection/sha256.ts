/**
 * Hex SHA-256 of a text (FIPS 180-4). The browser's own implementation needs a secure context, which a server on the
 * local network without a certificate does not provide.
 */
export function sha256(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const blocks = new DataView(new ArrayBuffer(((bytes.length + 72) >> 6) << 6));
  bytes.forEach((byte, at) => blocks.setUint8(at, byte));
  blocks.setUint8(bytes.length, 0x80);
  blocks.setUint32(blocks.byteLength - 4, bytes.length * 8);

  const state = Uint32Array.from(initialState);
  const words = new Uint32Array(64);
  for (let start = 0; start < blocks.byteLength; start += 64) {
    fillWords(words, blocks, start);
    mixBlock(state, words);
  }
  return [...state].map((word) => word.toString(16).padStart(8, '0')).join('');
}

function fillWords(words: Uint32Array, blocks: DataView, start: number): void {
  for (let at = 0; at < 16; at += 1) words[at] = blocks.getUint32(start + at * 4);
  for (let at = 16; at < 64; at += 1) {
    const before15 = wordAt(words, at - 15);
    const before2 = wordAt(words, at - 2);
    const small0 = turned(before15, 7) ^ turned(before15, 18) ^ (before15 >>> 3);
    const small1 = turned(before2, 17) ^ turned(before2, 19) ^ (before2 >>> 10);
    words[at] = wordAt(words, at - 16) + small0 + wordAt(words, at - 7) + small1;
  }
}

function mixBlock(state: Uint32Array, words: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let round = 0; round < 64; round += 1) {
    const big1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + big1 + choice + wordAt(constants, round) + wordAt(words, round)) | 0;
    const big0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + big0 + majority) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, at) => {
    state[at] = wordAt(state, at) + word;
  });
}

function wordAt(words: Uint32Array, at: number): number {
  return words[at] ?? 0;
}

function turned(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

const primes = firstPrimes(64);
/** The first 32 bits of the fractional parts of the square and cube roots of the first primes. */
const initialState = Uint32Array.from(primes.slice(0, 8), (prime) => fraction(prime ** (1 / 2)));
const constants = Uint32Array.from(primes, (prime) => fraction(prime ** (1 / 3)));

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}

function firstPrimes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate += 1) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}
