/** Characters that begin something other than themselves. */
const special = new Set('\\^$.|?*+()[]{}');
const plainCharacter = /[ -~]/;

type Token =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'group'; readonly body: string; readonly isPlain: boolean }
  | { readonly kind: 'alternation' }
  | { readonly kind: 'other' };

/** How often the thing before it must occur at least; undefined where no quantifier follows. */
interface Quantifier {
  readonly least: number;
  readonly length: number;
}

function quantifierAt(source: string, at: number): Quantifier | undefined {
  const match = /^(?:([*?])|\+|\{(\d+)(?:,\d*)?\})\??/.exec(source.slice(at));
  if (match === null) return undefined;
  const least = match[1] === undefined ? Number(match[2] ?? 1) : 0;
  return { least, length: match[0].length };
}

/** Where a class or group that begins here ends, just after its closing character. */
function endOfClass(source: string, at: number): number {
  let index = at + 1;
  while (index < source.length && source[index] !== ']') index += source[index] === '\\' ? 2 : 1;
  return index + 1;
}

function endOfGroup(source: string, at: number): number {
  let index = at + 1;
  while (index < source.length && source[index] !== ')') {
    if (source[index] === '\\') index += 2;
    else if (source[index] === '[') index = endOfClass(source, index);
    else if (source[index] === '(') index = endOfGroup(source, index);
    else index += 1;
  }
  return index + 1;
}

function groupToken(source: string, at: number, end: number): Token {
  const inside = source.slice(at + 1, end - 1);
  const prefix = /^\?(?::|<[A-Za-z_$][\w$]*>)/.exec(inside)?.[0];
  // Look-arounds and inline flags say nothing of what must be in the text.
  const isPlain = prefix !== undefined || !inside.startsWith('?');
  return { kind: 'group', body: inside.slice(prefix?.length ?? 0), isPlain };
}

function tokenAt(source: string, at: number): { token: Token; end: number } {
  const character = source[at] ?? '';
  const next = source[at + 1] ?? '';
  if (character === '\\') {
    // An escaped letter or digit is a class, an assertion, a reference or a code; anything else is itself.
    const isItself = next !== '' && !/[a-z0-9]/i.test(next);
    return {
      token: isItself ? { kind: 'character', character: next } : { kind: 'other' },
      end: escapeEnd(source, at),
    };
  }
  if (character === '[') return { token: { kind: 'other' }, end: endOfClass(source, at) };
  if (character === '(') {
    const end = endOfGroup(source, at);
    return { token: groupToken(source, at, end), end };
  }
  if (character === '|') return { token: { kind: 'alternation' }, end: at + 1 };
  const isPlain = plainCharacter.test(character) && !special.has(character);
  return { token: isPlain ? { kind: 'character', character } : { kind: 'other' }, end: at + 1 };
}

// \xHH, \uHHHH, \u{...}, \cX, \k<name>, \p{...} carry more than one character after the letter.
function escapeEnd(source: string, at: number): number {
  const match = /^\\(?:x[\da-f]{2}|u\{[^}]*\}|u[\da-f]{4}|c[a-z]|k<[^>]*>|p\{[^}]*\}|\d+)/i.exec(
    source.slice(at),
  );
  return at + (match?.[0].length ?? 2);
}

/**
 * Runs of plain characters that every match of an expression (flags i, m, s) contains, folded to lower case. Careful
 * rather than clever: what it is not sure of it leaves out, so that it may be empty. Not for flags u and v.
 */
export function regexpLiterals(source: string): string[] {
  const runs: string[] = [];
  let run = '';
  const endRun = (): void => {
    if (run !== '') runs.push(run);
    run = '';
  };
  for (let at = 0; at < source.length;) {
    const { token, end } = tokenAt(source, at);
    if (token.kind === 'alternation') return [];
    const quantifier = quantifierAt(source, end);
    const isRequired = quantifier === undefined || quantifier.least > 0;
    if (token.kind === 'character' && isRequired) {
      run += token.character.toLowerCase();
      if (quantifier !== undefined) endRun();
    } else {
      endRun();
      if (token.kind === 'group' && token.isPlain && isRequired) runs.push(...regexpLiterals(token.body));
    }
    at = end + (quantifier?.length ?? 0);
  }
  endRun();
  return runs;
}
