const beyondAscii = /[^\0-\x7f]/;
// NUL ends a text for the full-text tokenizer, two others mark the short pieces in a search body, none is ever typed.
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const control = /[\0-\x08\v\f\x0e-\x1f\x7f]/g;

/** Lower case in every script, one kind of sigma, blanks for control characters. */
function lower(text: string): string {
  return text.toLowerCase().replaceAll('ς', 'σ').replace(control, ' ');
}

/** The form in which texts are compared: as `lower`, with accents composed. */
export function foldText(text: string): string {
  return beyondAscii.test(text) ? lower(text.normalize('NFC')) : text.toLowerCase().replace(control, ' ');
}

/** Like `foldText`, with what composing changed once more as it was, for expressions that look at the text itself. */
export function foldForms(text: string): string {
  const folded = foldText(text);
  if (!beyondAscii.test(text)) return folded;
  const plain = lower(text);
  return plain === folded ? folded : `${folded}\n${plain}`;
}

/** Whether a character is outside ASCII. */
export function isBeyondAscii(character: string): boolean {
  return beyondAscii.test(character);
}
