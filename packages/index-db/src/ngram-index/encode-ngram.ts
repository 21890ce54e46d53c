// The tokenizer takes letters, digits and all beyond ASCII for parts of a token, so that the rest moves up there. What it
// meets there already only adds candidates.
const encoded = Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[a-z0-9]/.test(character) ? character : String.fromCharCode(code + 128);
});

/** How an n-gram of folded text is spelled as one token of the full-text table. */
export function encodeNgram(ngram: string): string {
  let token = '';
  for (const character of ngram) token += encoded[character.charCodeAt(0)] ?? character;
  return token;
}

const encodings = encoded.map((character) => Buffer.from(character));
/** The one or two bytes in UTF-8 that stand for each ASCII character in an n-gram; 0 where there is no second. */
export const firstByte = Uint8Array.from(encodings, (bytes) => bytes[0] ?? 0);
export const secondByte = Uint8Array.from(encodings, (bytes) => bytes[1] ?? 0);
