import { embedText, localDimension } from './embed-text.ts';
import { FeatureCounts, Rarity } from './rarity.ts';

/** What the local worker is started with: the rarity to embed with (null: none), or `count` to measure one. */
export type LocalTask =
  | { readonly kind: 'embed'; readonly rarity: Uint8Array | null }
  | { readonly kind: 'count' };

/** Texts to work on; when counting, null asks for the rarity of all texts so far. */
export type LocalQuestion = readonly string[] | null;

/** Row after row for texts to embed, rows of zeros for texts without a word; when counting, the rarity when asked for. */
export type LocalAnswer = Float32Array | Uint8Array | null;

/** The work of the local worker, as a function from question to answer. */
export function localTask(task: LocalTask): (question: LocalQuestion) => LocalAnswer {
  switch (task.kind) {
    case 'embed': {
      const rarity = task.rarity && Rarity.fromBytes(task.rarity);
      return (texts) => embedRows(texts ?? [], rarity);
    }
    case 'count': {
      const counts = new FeatureCounts();
      return (texts) => {
        if (texts === null) return counts.rarity().toBytes();
        for (const text of texts) counts.add(text);
        return null;
      };
    }
    default:
      throw new TypeError(`unknown task ${JSON.stringify(task satisfies never)}`);
  }
}

/** One row of `localDimension` numbers a text. */
export function embedRows(texts: readonly string[], rarity: Rarity | null): Float32Array {
  const rows = new Float32Array(texts.length * localDimension);
  for (const [index, text] of texts.entries()) {
    const vector = embedText(text, rarity);
    if (vector) rows.set(vector, index * localDimension);
  }
  return rows;
}
