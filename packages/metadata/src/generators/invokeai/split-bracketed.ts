/** In InvokeAI 1 and 2 the negative prompt stands in the prompt, in square brackets. */
export function splitBracketed(text: string): {
  readonly prompt: string;
  readonly negativePrompt: string;
} {
  const negatives: string[] = [];
  const prompt = text.replace(/(?<!\\)\[([^[\]]*)\]/g, (_match, inner: string) => {
    negatives.push(inner.trim());
    return '';
  });
  return {
    prompt: prompt.replaceAll(/ {2,}/g, ' ').trim(),
    negativePrompt: negatives.filter((part) => part !== '').join(' '),
  };
}
