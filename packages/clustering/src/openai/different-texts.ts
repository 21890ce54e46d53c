import type { PlacedText } from './text-batches.ts';

/** Texts to send, each once however often it is there: the images of a batch share their prompt. */
export function differentTexts(texts: readonly string[]): {
  /** Where texts of nothing but blanks are. */
  readonly empty: readonly number[];
  readonly different: readonly PlacedText[];
  /** For the place of each different text, where it is among all texts. */
  readonly placesOf: readonly (readonly number[])[];
} {
  const empty: number[] = [];
  const byText = new Map<string, number[]>();
  for (const [index, text] of texts.entries()) {
    if (text.trim() === '') {
      empty.push(index);
      continue;
    }
    const places = byText.get(text);
    if (places) places.push(index);
    else byText.set(text, [index]);
  }
  return {
    empty,
    different: Array.from(byText.keys(), (text, index) => ({ index, text })),
    placesOf: [...byText.values()],
  };
}
