/** A file of its own, or lines next to the one line that has a text. */
export interface Placing {
  readonly file: string;
  readonly where: 'after' | 'before' | 'alone';
  readonly line: string;
}

/** How a block is tested, from the comment before it: `<!-- example: continues; prints -->`. */
export interface ExampleRule {
  /** The block goes on where the one before it of the same language ended. */
  readonly continues: boolean;
  /** What it prints is what its comments say. */
  readonly prints: boolean;
  /** URL paths that answer 200 while it runs. */
  readonly answers: readonly string[];
  /** The file that its reader saves it as; a test of that document runs it. */
  readonly savedAs: string | undefined;
  /** Where in the repository it belongs; a test of that document puts it there, in a copy. */
  readonly placed: Placing | undefined;
  /** It is run in that copy. */
  readonly runsInCopy: boolean;
  /** It is left running. */
  readonly goesOn: boolean;
  /** Why it is not run, only checked; undefined for one that is. */
  readonly onlyChecked: string | undefined;
}

/** Reads the words of a comment; a word that is not known is an error, so that none does nothing. */
export function parseExampleRule(words: string | undefined, place: string): ExampleRule {
  const rule: ExampleRule = {
    continues: false,
    prints: false,
    answers: [],
    savedAs: undefined,
    placed: undefined,
    runsInCopy: false,
    goesOn: false,
    onlyChecked: undefined,
  };
  const parts = (words ?? '')
    .split(';')
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map((word) => partOf(word, place));
  return Object.assign(rule, ...parts) as ExampleRule;
}

function partOf(word: string, place: string): Partial<ExampleRule> {
  if (word === 'continues') return { continues: true };
  if (word === 'prints') return { prints: true };
  if (word === 'runs in the copy') return { runsInCopy: true };
  const placing = placingOf(word);
  if (placing !== undefined) return { placed: placing };
  if (word === 'goes on') return { goesOn: true };
  if (word.startsWith('saved as ')) return { savedAs: word.slice('saved as '.length) };
  if (word.startsWith('answers /')) return { answers: word.slice('answers '.length).split(/\s+/) };
  if (word.startsWith('only checked: ')) return { onlyChecked: word.slice('only checked: '.length) };
  throw new Error(`${place}: "${word}" is no rule for an example`);
}

function placingOf(word: string): Placing | undefined {
  const alone = /^file (?<file>\S+)$/.exec(word)?.groups?.['file'];
  if (alone !== undefined) return { file: alone, where: 'alone', line: '' };
  const { file, where, line } =
    /^into (?<file>\S+) (?<where>after|before) (?<line>.*)$/.exec(word)?.groups ?? {};
  if (file === undefined || line === undefined) return undefined;
  return { file, where: where === 'before' ? 'before' : 'after', line };
}
