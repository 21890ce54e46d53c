import { chooseNgrams } from './choose-ngrams.ts';
import { isBeyondAscii } from '@iib-kit/catalog/text';
import type { NgramFrequency } from './ngram-frequency.ts';
import { pairMark, singleMark } from './search-body.ts';
import { isIndexedAlone } from './short-ngrams.ts';
import { trigrams } from './trigrams.ts';

const quoted = (ngram: string): string => `"${ngram.replaceAll('"', '""')}"`;

// What may follow a pair in a folded text: every printable ASCII character but the capitals, and the line end.
const followers = Array.from({ length: 0x7f }, (_, code) => String.fromCharCode(code)).filter((character) =>
  /[\t\n\r -@[-~]/.test(character),
);

function pairExpression(pair: string): string {
  if (isBeyondAscii(pair)) return quoted(pairMark + pair);
  return `(${[pairMark + pair, ...followers.map((follower) => pair + follower)].map(quoted).join(' OR ')})`;
}

/**
 * A full-text expression that every document containing a folded text matches, and few others; undefined where nothing
 * selects few, because nearly every document does.
 */
export function matchExpression(needle: string, frequency: NgramFrequency): string | undefined {
  const characters = Array.from(needle);
  if (characters.length === 0) return undefined;
  if (characters.length === 1) {
    return isIndexedAlone(needle) ? quoted(singleMark + needle + singleMark) : undefined;
  }
  if (characters.length === 2) return pairExpression(needle);
  return ngramsExpression(trigrams(needle), frequency);
}

/** The full-text expression of documents that contain these trigrams, of which the useful ones are taken. */
export function ngramsExpression(ngrams: readonly string[], frequency: NgramFrequency): string {
  return chooseNgrams(ngrams, frequency).map(quoted).join(' AND ');
}
