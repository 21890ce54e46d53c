// Bounds the search in a text of nothing but braces.
const mostCharactersLookedAt = 2_000_000;

const tags = 'think|thinking|thought|reasoning|reason|reflection|seed:think';
const reasoning = new RegExp(
  `<(${tags})>.*?(?:</\\1>|$)|\\[THINK\\].*?(?:\\[/THINK\\]|$)|◁think▷.*?(?:◁/think▷|$)`,
  'gis',
);
/** Templates that open the block themselves leave but its end in the answer. */
const endOfReasoning = new RegExp(
  `^.*(?:</(?:${tags})>|\\[/THINK\\]|◁/think▷|<\\|channel\\|>final<\\|message\\|>)`,
  'is',
);

/** The text without what a reasoning model thought before it. */
export function withoutReasoning(text: string): string {
  return text.replace(reasoning, '').replace(endOfReasoning, '');
}

/**
 * The JSON objects in a text, also between words, in code blocks, in lists and inside each other; those in which others
 * are come before them, and what comes last in the text first, for models correct themselves.
 */
export function objectsIn(text: string): readonly Readonly<Record<string, unknown>>[] {
  return outermostObjects(text).reverse().flatMap(withInner);
}

const labelledLine = /^[\s>*_#"'-]*([a-z]+)[*_"']*[ \t]*[:：][\s*_"']*([^"{}[\]\n]*?)[\s*_"',]*$/gim;

/** The lines of a text that have a label, such as `**Title:** Old castles`, by the label in lower case. */
export function labelledLinesIn(text: string): Readonly<Record<string, string>> {
  const fields = new Map<string, string>();
  for (const [, label = '', value = ''] of text.matchAll(labelledLine)) {
    if (value !== '') fields.set(label.toLowerCase(), value);
  }
  return Object.fromEntries(fields);
}

function outermostObjects(text: string): unknown[] {
  const found: unknown[] = [];
  let budget = mostCharactersLookedAt;
  for (let start = text.indexOf('{'); start !== -1 && budget > 0;) {
    const end = endOfObject(text, start);
    budget -= end - start + 1;
    const value = end > start ? parsed(text.slice(start, end)) : undefined;
    if (value !== undefined) found.push(value);
    start = text.indexOf('{', value === undefined ? start + 1 : end);
  }
  return found;
}

/** Just after the brace that closes the one at `start`; the length of the text, less than any match, where none does. */
function endOfObject(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at + 1);
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at + 1;
  }
  return text.length;
}

function endOfString(text: string, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withInner(value: unknown): Readonly<Record<string, unknown>>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(withInner);
  return Array.isArray(value) ? inner : [value as Readonly<Record<string, unknown>>, ...inner];
}
