import { createInterface } from 'node:readline/promises';

import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Asks before something that is hard to undo; without a terminal, `--yes` is required. */
export async function confirm(terminal: Terminal, question: string, isSure: boolean): Promise<boolean> {
  if (isSure) return true;
  const { stdin, stderr, signal } = terminal.parts;
  if (stdin.isTTY !== true || stderr.isTTY !== true) {
    throw new UsageError('there is no terminal to confirm on: pass --yes to proceed');
  }
  const prompt = createInterface({ input: stdin as unknown as NodeJS.ReadableStream, output: stderr });
  try {
    return /^y(?:es)?$/i.test((await prompt.question(`${question} [y/N] `, { signal })).trim());
  } finally {
    prompt.close();
  }
}
