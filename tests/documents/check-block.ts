import path from 'node:path';

import { wrongCommands } from './check-commands.ts';
import type { CodeBlock } from './code-blocks.ts';

type Check = (block: CodeBlock, place: Place) => string[];

/** Where the reader of a block is. */
interface Place {
  /** The folder of the document, from the root. */
  readonly folder: string;
  /** Files that the document had its reader save. */
  readonly saved: readonly string[];
}

/** What is looked at in a block of each language; TypeScript and JavaScript are compiled and run besides. */
const checks: Readonly<Record<string, Check>> = {
  ts: () => [],
  js: () => [],
  sh: ({ code }, { folder, saved }) => wrongCommands(code, folder, saved),
  console: ({ code }, { folder, saved }) => wrongCommands(typedLines(code), folder, saved),
  json: ({ code }) => jsonFaults(code),
  text: ({ rule }) =>
    rule.onlyChecked === undefined ? ['nothing of a text is checked: say what it is'] : [],
  ini: ({ code }, { folder }) => unitFaults(code, folder),
  nginx: ({ code }) => nginxFaults(code),
  caddyfile: ({ code }) => bracketFaults(code),
  mermaid: ({ code }) => graphFaults(code),
};

/** What is wrong with a block; a block of a language that has no rule is wrong. */
export function faultsOfBlock(block: CodeBlock, saved: readonly string[] = []): string[] {
  const check = checks[block.language];
  if (check === undefined) return [`no rule for blocks of "${block.language}"`];
  return check(block, { folder: path.posix.dirname(block.document), saved });
}

/** What is typed; the rest is what is answered. */
function typedLines(code: string): string {
  return linesOf(code)
    .filter((line) => line.startsWith('$ '))
    .map((line) => line.slice(2))
    .join('\n');
}

function jsonFaults(code: string): string[] {
  try {
    JSON.parse(code);
    return [];
  } catch (error) {
    return [String(error)];
  }
}

/** A systemd unit: sections, names with values, and a program with flags and variables that it has. */
function unitFaults(code: string, folder: string): string[] {
  return linesOf(code).flatMap((line) => {
    if (/^\[[A-Z]\w+\]$/.test(line)) return [];
    const [, name, value = ''] = /^([A-Z]\w*)=(.*)$/.exec(line) ?? [];
    if (name === undefined) return [`no line of a unit: ${line}`];
    if (name === 'Environment') return wrongCommands(value, folder);
    if (name !== 'ExecStart') return [];
    // The path of the program is that of the machine.
    return wrongCommands(value.replace(/^\S*\//, ''), folder);
  });
}

function nginxFaults(code: string): string[] {
  const wrong = linesOf(code).filter((line) => !/[;{}]$/.test(line));
  return [...wrong.map((line) => `not ended: ${line}`), ...bracketFaults(code)];
}

function bracketFaults(code: string): string[] {
  let depth = 0;
  for (const [bracket] of code.matchAll(/[{}]/g)) {
    depth += bracket === '{' ? 1 : -1;
    if (depth < 0) break;
  }
  return depth === 0 ? [] : ['brackets that do not match'];
}

function graphFaults(code: string): string[] {
  const [head = '', ...lines] = linesOf(code);
  const wrong = lines.filter((line) => !/^[\w-]+ (?:-->|-\. \w+ \.->) [\w-]+$/.test(line));
  return [
    ...(/^graph (?:LR|TD)$/.test(head) ? [] : [`no graph: ${head}`]),
    ...wrong.map((line) => `no arrow: ${line}`),
  ];
}

function linesOf(code: string): string[] {
  return code
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
