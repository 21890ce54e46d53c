import { parse } from 'shell-quote';

/** One command of a script: what is set for it, its name and its arguments. */
export interface ShellCommand {
  readonly variables: readonly string[];
  readonly name: string;
  readonly args: readonly string[];
}

/** The commands of a shell script, line by line; comments, redirections and their targets are left out. */
export function shellCommands(script: string): ShellCommand[] {
  return script
    .replaceAll('\\\n', ' ')
    .split('\n')
    .flatMap((line) => commandsOfLine(line))
    .map(asCommand)
    .filter(({ name, variables }) => name !== '' || variables.length > 0);
}

function commandsOfLine(line: string): string[][] {
  const commands: string[][] = [[]];
  let isTarget = false;
  // Variables stay as they are written.
  for (const part of parse(line, (name) => `$${name}`)) {
    if (typeof part === 'string') {
      if (!isTarget) commands.at(-1)?.push(part);
      isTarget = false;
    } else if ('pattern' in part) commands.at(-1)?.push(part.pattern);
    else if ('op' in part) {
      isTarget = part.op.includes('>') || part.op.includes('<');
      if (!isTarget) commands.push([]);
    }
  }
  return commands;
}

function asCommand(words: readonly string[]): ShellCommand {
  const first = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
  const at = first === -1 ? words.length : first;
  const [name = '', ...args] = words.slice(at);
  return { variables: words.slice(0, at).map((word) => word.split('=')[0] ?? ''), name, args };
}
