/**
 * Text that others wrote, such as names and prompts, for a terminal: what would move the cursor, change colours or turn
 * the direction of writing is shown as an escape, and every line break too.
 */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, escaped);
}

/** The same for text of several lines, whose line breaks and tabs stay. */
export function printableLines(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .split(/(\n|\t)/)
    .map((part) => (/^[\n\t]$/.test(part) ? part : printable(part)))
    .join('');
}

/** JSON in one line that is harmless on a terminal as well; it means the same. */
export function printableJson(value: unknown): string {
  return printable(JSON.stringify(value));
}

/** Controls (C0, DEL, C1), line and paragraph separators, marks of direction, and halves of characters. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
