import { readFile } from 'node:fs/promises';

/** A line that a README tells to type, and what it shows as the answer. */
export interface Transcript {
  readonly line: string;
  readonly answer: string;
}

/** The lines of a README's `sh` blocks, and what its `console` blocks show. */
export async function readReadme(
  file: string,
): Promise<{ lines: readonly string[]; transcripts: readonly Transcript[] }> {
  const text = await readFile(file, 'utf8');
  const blocks = (language: string) =>
    [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block);
  return {
    lines: blocks('sh').flatMap((block) => block.trimEnd().split('\n')),
    transcripts: blocks('console').flatMap((block) =>
      block
        .split(/^\$ /m)
        .slice(1)
        .map((shown) => {
          const [line = '', ...answer] = shown.trimEnd().split('\n');
          return { line, answer: answer.join('\n') };
        }),
    ),
  };
}

/** Whether an answer is as shown, where `...` stands for what differs from one time to the next. */
export function asShown(answer: string): RegExp {
  const parts = answer.split('...').map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
