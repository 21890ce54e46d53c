import type { CodeBlock } from './code-blocks.ts';

/** Blocks of one language that make one program: one, and those before it that it continues. */
export interface Program {
  readonly place: string;
  readonly language: 'ts' | 'js';
  readonly blocks: readonly CodeBlock[];
}

/** The TypeScript and JavaScript of a document as programs, one for each block with what it continues. */
export function programsOf(blocks: readonly CodeBlock[]): Program[] {
  const programs: Program[] = [];
  for (const block of blocks) {
    const { language, place, rule } = block;
    // What belongs into the repository is compiled there.
    if ((language !== 'ts' && language !== 'js') || rule.placed !== undefined) continue;
    const earlier = rule.continues
      ? programs.findLast((program) => program.language === language)
      : undefined;
    if (rule.continues && earlier === undefined) throw new Error(`${place}: continues no block`);
    programs.push({ place, language, blocks: [...(earlier?.blocks ?? []), block] });
  }
  return programs;
}

export function sourceOf({ blocks }: Program): string {
  return blocks.map(({ code }) => code).join('\n');
}

/** The place in the document of a line of the program, from 0. */
export function placeInDocument({ blocks }: Program, line: number): string {
  let first = 0;
  for (const block of blocks) {
    const lines = block.code.split('\n').length;
    if (line < first + lines) return `${block.document}:${block.line + 1 + line - first}`;
    first += lines;
  }
  return blocks.at(-1)?.place ?? '';
}
