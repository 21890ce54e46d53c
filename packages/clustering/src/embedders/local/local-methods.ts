import { transfer } from '@iib-kit/threads';
import { embedText, localDimension } from './embed-text.ts';
import { FeatureCounts, Rarity } from './rarity.ts';

/** What the local thread does. It is started with the rarity to embed with, or with null. */
export function localMethods(rarityBytes: Uint8Array | null) {
  const rarity = rarityBytes && Rarity.fromBytes(rarityBytes);
  let counts: FeatureCounts | undefined;
  return {
    embed(texts: readonly string[]) {
      const rows = embedRows(texts, rarity);
      return transfer(rows, [rows.buffer]);
    },
    /** Counts the features of texts, for `rarity`. */
    count(texts: readonly string[]): void {
      counts ??= new FeatureCounts();
      for (const text of texts) counts.add(text);
    },
    /** How rare features are among all texts that were counted. */
    rarity: (): Uint8Array => (counts ?? new FeatureCounts()).rarity().toBytes(),
  };
}
export type LocalMethods = ReturnType<typeof localMethods>;

/** One row of `localDimension` numbers for each text, of zeros for texts without a word. */
export function embedRows(texts: readonly string[], rarity: Rarity | null): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(texts.length * localDimension);
  for (const [index, text] of texts.entries()) {
    const vector = embedText(text, rarity);
    if (vector) rows.set(vector, index * localDimension);
  }
  return rows;
}
