import { createHash } from 'node:crypto';
import { ClusteringError } from '../../clustering-error.ts';
import { visitFeatures } from './text-features.ts';

const bucketBits = 18;
const buckets = 1 << bucketBits;
// An eighth of an octave is exact enough for a weight, and lets a byte hold counts beyond two million.
const stepsPerOctave = 12;
// Nothing measured can share it: at full weight it would only drown what a query does share with the library.
const unseenWeight = 1 / 3;
const magic = 'IKR1';
const headerBytes = 8;

/** How rare each feature is among the texts it was measured on; immutable. */
export class Rarity {
  /** How many texts were measured. */
  readonly texts: number;
  readonly #counts: Uint8Array;

  /** Not for users: `measureRarity` and `Rarity.fromBytes` make one. */
  constructor(texts: number, counts: Uint8Array) {
    this.texts = texts;
    this.#counts = counts;
  }

  /** What `toBytes` gave. Throws `invalid-rarity` for anything else. */
  static fromBytes(bytes: Uint8Array): Rarity {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const begins = Buffer.from(bytes.subarray(0, magic.length)).toString('latin1');
    if (bytes.byteLength !== headerBytes + buckets || begins !== magic) {
      throw new ClusteringError(
        'invalid-rarity',
        `these ${bytes.byteLength} bytes are no rarity of this version`,
      );
    }
    const counts = new Uint8Array(new SharedArrayBuffer(buckets));
    counts.set(bytes.subarray(headerBytes));
    return new Rarity(view.getUint32(4), counts);
  }

  /** About 256 KB to keep, so that texts embedded later fit those embedded now; compresses well. */
  toBytes(): Uint8Array {
    const bytes = new Uint8Array(headerBytes + buckets);
    bytes.set(Buffer.from(magic, 'latin1'));
    new DataView(bytes.buffer).setUint32(4, this.texts);
    bytes.set(this.#counts, headerBytes);
    return bytes;
  }

  /** A name for exactly this rarity: 12 hex digits. */
  fingerprint(): string {
    return createHash('sha256').update(this.toBytes()).digest('hex').slice(0, 12);
  }

  /** From 0 for what is in every text to nearly 1 for what is in one; a third for what is in none. */
  weightOf(feature: number): number {
    const kept = this.#counts[bucketOf(feature)] ?? 0;
    if (kept === 0) return unseenWeight;
    const count = 2 ** (kept / stepsPerOctave) - 1;
    return Math.max(0, 1 - Math.log1p(count) / Math.log1p(this.texts));
  }
}

/** Counts in how many texts each feature occurs. */
export class FeatureCounts {
  readonly #counts = new Uint32Array(buckets);
  readonly #lastText = new Int32Array(buckets).fill(-1);
  #texts = 0;

  add(text: string): void {
    visitFeatures(text, (feature) => {
      const bucket = bucketOf(feature);
      if (this.#lastText[bucket] === this.#texts) return;
      this.#lastText[bucket] = this.#texts;
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    });
    this.#texts++;
  }

  rarity(): Rarity {
    const compressed = new Uint8Array(new SharedArrayBuffer(buckets));
    for (const [bucket, count] of this.#counts.entries()) {
      compressed[bucket] = Math.min(255, Math.round(stepsPerOctave * Math.log2(1 + count)));
    }
    return new Rarity(this.#texts, compressed);
  }
}

function bucketOf(feature: number): number {
  return feature >>> (32 - bucketBits);
}
