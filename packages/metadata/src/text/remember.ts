/** What is remembered of texts that come again and again; beyond these it is found out anew. */
const maximumTexts = 4000;
/** Longer ones are sentences, which do not come again. */
const maximumLength = 80;
/** V8 keeps longer parts of a text as a place in the whole of it, which they hold in memory. */
const maximumCopied = 12;

/**
 * The same function, which remembers what it said of short texts: a library says the same few thousand things over and
 * over. Bounded in memory, whatever the texts: all is forgotten at once when there are too many.
 */
export function remember<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (text.length > maximumLength) return compute(text);
    const own = text.length > maximumCopied ? detached(text) : text;
    const value = compute(own);
    if (known.size >= maximumTexts) known.clear();
    known.set(own, value);
    return value;
  };
}

/** The same characters in a text of their own. */
function detached(text: string): string {
  return ` ${text}`.slice(1);
}
