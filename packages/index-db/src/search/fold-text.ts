const beyondAscii = /[^\0-\x7f]/;

/**
 * The form in which texts are compared: lower case in every script, composed accents, one kind of sigma.
 * NUL becomes a blank because the full-text tokenizer takes it for the end of the text.
 */
export function foldText(text: string): string {
  const folded = beyondAscii.test(text)
    ? text.normalize('NFC').toLowerCase().replaceAll('ς', 'σ')
    : text.toLowerCase();
  return folded.includes('\0') ? folded.replaceAll('\0', ' ') : folded;
}
