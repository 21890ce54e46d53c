import { boundaryMark } from './boundary-ngrams.ts';
import type { TextConstraint } from './text-constraints.ts';

/** A question to the full-text table that every searched text answers, and few others. */
export interface TextExpression {
  /** In the language of FTS5. */
  readonly match: string;
  /** About how many texts match. */
  readonly matches: number;
  /** Whether so many texts match, or so many lists have to be joined, that looking into the newest comes first. */
  readonly isBroad: boolean;
}

// Measured, in microseconds: passing an entry of a list, the same again for each list that is joined with it, opening a
// list, and fetching a text to look into it.
const entryCost = 0.025;
const joinedCost = 0.0025;
const listCost = 15;
const textCost = 15;
// What a further constraint leaves of the candidates, at least. An n-gram is in most texts that have another one of the same word.
const leastLeftByWords = 0.02;
const leastLeftByNgram = 0.5;

const broadPart = 0.2;
const broadTokens = 48;

const quoted = (token: string): string => `"${token.replaceAll('"', '""')}"`;
// No text has this token.
const impossible = quoted(`${boundaryMark}none`);

function costOf({ part, tokens }: TextConstraint, texts: number): number {
  return part * texts * (entryCost + tokens.length * joinedCost) + tokens.length * listCost;
}

/** Chooses the constraints whose lists cost less to pass than looking into the texts that they spare. */
export function chooseConstraints(
  constraints: readonly TextConstraint[],
  texts: number,
): readonly TextConstraint[] {
  const [rarest, ...others] = constraints.toSorted(
    (a, b) => a.part - b.part || a.tokens.length - b.tokens.length,
  );
  if (rarest === undefined) return [];
  const chosen = [rarest];
  let candidates = rarest.part;
  for (const constraint of others) {
    const left = Math.max(
      constraint.part,
      constraint.areWords === true ? leastLeftByWords : leastLeftByNgram,
    );
    const spared = candidates * (1 - left) * texts * textCost;
    if (spared <= costOf(constraint, texts)) continue;
    chosen.push(constraint);
    candidates *= left;
  }
  return chosen;
}

/** The question that these constraints make; undefined where there are none. */
export function textExpression(
  constraints: readonly TextConstraint[],
  texts: number,
): TextExpression | undefined {
  const chosen = chooseConstraints(constraints, texts);
  if (chosen.length === 0) return undefined;
  const match = chosen
    .map(({ tokens }) => (tokens.length === 0 ? impossible : `(${tokens.map(quoted).join(' OR ')})`))
    .join(' AND ');
  const tokenCount = chosen.reduce((sum, { tokens }) => sum + tokens.length, 0);
  const part = chosen.reduce((product, constraint) => product * constraint.part, 1);
  return { match, matches: part * texts, isBroad: part >= broadPart || tokenCount > broadTokens };
}
