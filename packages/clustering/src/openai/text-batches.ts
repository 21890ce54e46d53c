/** A text with its place among all texts. */
export interface PlacedText {
  readonly index: number;
  readonly text: string;
}

const latinCharactersPerToken = 3.5;
const tokensPerOtherCharacter = 1.3;

/** About how many tokens a text has, rather too many: scripts beyond Latin take more than one a character. */
export function estimateTokens(text: string): number {
  let latin = 0;
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) < 0x250) latin++;
  return Math.ceil(latin / latinCharactersPerToken + (text.length - latin) * tokensPerOtherCharacter);
}

/** The texts in their order, in batches of at most so many texts and tokens; a text too long by itself is alone in one. */
export function textBatches(
  texts: Iterable<PlacedText>,
  limits: { batchSize: number; batchTokens: number },
): PlacedText[][] {
  const batches: PlacedText[][] = [];
  let current: PlacedText[] = [];
  let tokens = 0;
  for (const placed of texts) {
    const more = estimateTokens(placed.text);
    if (current.length > 0 && (current.length >= limits.batchSize || tokens + more > limits.batchTokens)) {
      batches.push(current);
      current = [];
      tokens = 0;
    }
    current.push(placed);
    tokens += more;
  }
  if (current.length > 0) batches.push(current);
  return batches;
}
