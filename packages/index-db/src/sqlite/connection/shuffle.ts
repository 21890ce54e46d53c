const rounds = 4;

/** A 32-bit number made of two, as if by chance (the finalizer of MurmurHash3). */
function mix(value: number, seed: number): number {
  let hash = Math.imul(value ^ seed, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * An order of ids that looks random and is another for each seed. Both ways are computed (a Feistel network), so that
 * going through the order takes no list of it. Ids from `2 ** (2 * halfBits)` on come last, as they are.
 */
export class Shuffle {
  readonly #seed: number;
  readonly #halfBits: number;
  readonly #mask: number;
  readonly #size: number;

  /** The seed has 26 bits, and the 4 bits of `halfBits` below them. */
  constructor(seed: number) {
    this.#seed = seed >>> 4;
    this.#halfBits = seed & 15;
    this.#mask = 2 ** this.#halfBits - 1;
    this.#size = 4 ** this.#halfBits;
  }

  /** A seed for the ids up to this one. */
  static seedFor(chance: number, highestId: number): number {
    let halfBits = 1;
    while (halfBits < 15 && 4 ** halfBits <= highestId) halfBits += 1;
    return (chance % 2 ** 26) * 16 + halfBits;
  }

  /** The last position at which an id up to this one may be. */
  lastPosition(highestId: number): number {
    return Math.max(this.#size - 1, highestId);
  }

  positionOf(id: number): number {
    if (id >= this.#size) return id;
    let left = Math.floor(id / (this.#mask + 1));
    let right = id & this.#mask;
    for (let round = rounds - 1; round >= 0; round -= 1) {
      [left, right] = [right ^ (mix(left, this.#seed + round) & this.#mask), left];
    }
    return left * (this.#mask + 1) + right;
  }

  idAt(position: number): number {
    if (position >= this.#size) return position;
    let left = Math.floor(position / (this.#mask + 1));
    let right = position & this.#mask;
    for (let round = 0; round < rounds; round += 1) {
      [left, right] = [right, left ^ (mix(right, this.#seed + round) & this.#mask)];
    }
    return left * (this.#mask + 1) + right;
  }
}
