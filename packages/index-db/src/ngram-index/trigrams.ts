/** The overlapping trigrams of a text, each once, in order; characters, not UTF-16 units. */
export function trigrams(text: string): string[] {
  const characters = Array.from(text);
  const found = new Set<string>();
  for (let start = 0; start + 3 <= characters.length; start += 1) {
    found.add(characters.slice(start, start + 3).join(''));
  }
  return [...found];
}
