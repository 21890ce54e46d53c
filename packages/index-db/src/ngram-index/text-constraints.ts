import { encodeNgram } from './encode-ngram.ts';
import { isBeyondAscii } from '@iib-kit/catalog/text';
import { isImplied, mayBeImplied } from './ascii-ngrams.ts';
import { isWord, letterRuns, longestWholeWord } from './words.ts';
import type { NgramFrequency } from './ngram-frequency.ts';
import { trigrams } from './trigrams.ts';
import { boundaryNgramsOf } from './boundary-ngrams.ts';
import { isIndexedAlone } from './short-ngrams.ts';
import type { PositionInWord, Vocabulary } from './vocabulary.ts';

/** Tokens of which every text that contains a needle has one. */
export interface TextConstraint {
  readonly tokens: readonly string[];
  /** In what part of all texts one of them is. */
  readonly part: number;
  /** Whether the tokens are words: these come together by chance, where n-grams of one word imply each other. */
  readonly areWords?: boolean;
}

/** What is known of the texts. */
export interface TextKnowledge {
  readonly vocabulary: Vocabulary;
  readonly frequency: NgramFrequency;
}

// What is part of so many words is in nearly every text.
const mostWords = 5000;

// What may follow a pair in a folded text: every printable ASCII character but the capitals, and the line end.
const followers = Array.from({ length: 0x7f }, (_, code) => String.fromCharCode(code)).filter((character) =>
  /[\t\n\r -@[-~]/.test(character),
);

function anyOf(tokens: readonly string[], frequency: NgramFrequency): TextConstraint {
  const without = tokens.reduce((part, token) => part * (1 - Math.min(1, frequency(token))), 1);
  return { tokens, part: 1 - without };
}

/** What a run of letters in a needle says of the words of a text. */
function wordConstraint(
  run: string,
  position: PositionInWord | 'whole',
  { vocabulary, frequency }: TextKnowledge,
) {
  if (position === 'whole' && isWord(run)) return { ...anyOf([run], frequency), areWords: true };
  const isShort = position === 'anywhere' ? run.length <= longestWholeWord : isWord(run);
  const words =
    isShort && position !== 'whole'
      ? vocabulary.wordsWith(run, position, mostWords)
      : vocabulary.wordsWith(run.slice(0, longestWholeWord), 'anywhere', mostWords);
  return words && { ...anyOf(words, frequency), areWords: true };
}

function wordConstraints(needle: string, knowledge: TextKnowledge): TextConstraint[] {
  const runs = letterRuns(needle);
  return runs.flatMap((run, index) => {
    const isFirst = index === 0 && needle.startsWith(run);
    const isLast = index === runs.length - 1 && needle.endsWith(run);
    const position = isFirst ? (isLast ? 'anywhere' : 'end') : isLast ? 'beginning' : 'whole';
    return wordConstraint(run, position, knowledge) ?? [];
  });
}

function pairConstraints(pair: string, { frequency }: TextKnowledge): TextConstraint[] {
  if (isBeyondAscii(pair)) return [anyOf([encodeNgram(pair)], frequency)];
  if (mayBeImplied(pair)) return [];
  const all = [pair, ...followers.map((follower) => pair + follower)].map(encodeNgram);
  return [anyOf(all, frequency)];
}

/** The trigrams of a folded text that words do not imply, as tokens. */
export function ngramsOf(folded: string): readonly string[] {
  return trigrams(folded)
    .filter((trigram) => !isImplied(trigram))
    .map(encodeNgram);
}

/** What every text that contains this folded needle fulfils; nothing where nothing is known that selects few. */
export function textConstraints(needle: string, knowledge: TextKnowledge): readonly TextConstraint[] {
  const characters = Array.from(needle);
  if (characters.length === 1 && isIndexedAlone(needle))
    return [anyOf([encodeNgram(needle)], knowledge.frequency)];
  const constraints = wordConstraints(needle, knowledge);
  if (characters.length === 2) constraints.push(...pairConstraints(needle, knowledge));
  for (const token of ngramsOf(needle)) constraints.push(anyOf([token], knowledge.frequency));
  for (const tokens of boundaryNgramsOf(needle)) constraints.push(anyOf(tokens, knowledge.frequency));
  return constraints;
}
