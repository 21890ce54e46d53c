/** Scatters ids over 32 bits, differently for each seed (the finalizer of MurmurHash3). */
export function shuffledNumber(id: number, seed: number): number {
  let hash = Math.imul(id ^ seed, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
