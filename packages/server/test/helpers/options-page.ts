import { readFileSync } from 'node:fs';

import ts from 'typescript';

import { programOptions, type ProgramOption } from '../../src/options/program-options.ts';

/** The page `docs/options.md`, from the table of the program and from the types that programs see. */
export function optionsPage(): string {
  return `# Options

Made from the code: \`npx vitest run --project node packages/server/test/options-docs.test.ts -u\` writes it anew. What the server takes on at most is in [security](security.md#limits).

## The program

\`iib-kit\` takes its options as flags, written with \`_\` or \`-\`, and from the environment, also from a file \`.env\` in the working folder. A flag goes before a variable. A flag that takes several values takes all that follow it up to the next flag. A flag, value or variable that is not known ends the program with status 2 and a line that names it; for a misspelt one it names the nearest.

${table(['flag', 'environment', 'takes', 'default', 'what it does'], Object.values<ProgramOption>(programOptions).map(programRow))}
Besides, \`--help\` prints the flags and \`--version\` the version.

## openService, AppUtils, iibFastify

${optionTable('options/service-options.ts', 'IibOptions')}
A name that is not among them is a \`TypeError\` that names it and the nearest; a value that cannot be is a \`TypeError\` or \`RangeError\` that names the option.

### ai

${optionTable('options/ai-options.ts', 'AiOptions')}
## launchApp

All of the above, and:

${optionTable('mount/launch-app.ts', 'LaunchOptions')}`;
}

function programRow(option: ProgramOption): string[] {
  const { flag, env, default: standard, description } = option;
  const notes = [description, relation('Needs', option.needs), relation('Not with', option.excludes)];
  return [
    code(flag === undefined ? undefined : `--${flag}`),
    code(env),
    option.choices === undefined ? taken(option) : option.choices.map(code).join(' '),
    code(standard),
    notes.filter((note) => note !== '').join('. '),
  ];
}

function taken({ takes, placeholder }: ProgramOption): string {
  switch (takes) {
    case 'nothing':
      return '';
    case 'value':
      return placeholder ?? 'text';
    case 'values':
      return `one or more ${(placeholder ?? '').replace('...', '')}`;
    case 'optional values':
      return `any number of ${(placeholder ?? '').replace('...', '')}`;
    default:
      return takes satisfies never;
  }
}

function relation(word: string, names: readonly string[] = []): string {
  const flags = names.map((name) => {
    const option = Object.entries<ProgramOption>(programOptions).find(([known]) => known === name)?.[1];
    return code(`--${option?.flag ?? name}`);
  });
  return flags.length === 0 ? '' : `${word} ${flags.join(' or ')}`;
}

function optionTable(file: string, type: string): string {
  const rows = membersOf(file, type).map(({ name, text, comment }) => [code(name), code(text), comment]);
  return table(['option', 'type', 'what it does'], rows);
}

/** The members of an interface as they are written, with their comments. */
export function membersOf(file: string, type: string): { name: string; text: string; comment: string }[] {
  const url = new URL(`../../src/${file}`, import.meta.url);
  const source = ts.createSourceFile(file, readFileSync(url, 'utf8'), ts.ScriptTarget.ES2023, true);
  const found = source.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === type,
  );
  if (found === undefined || !ts.isInterfaceDeclaration(found)) throw new Error(`${file} has no ${type}`);
  return found.members.filter(ts.isPropertySignature).map((member) => ({
    name: member.name.getText(source),
    text: member.type?.getText(source) ?? '',
    comment: ts
      .getJSDocCommentsAndTags(member)
      .map((comment) => ts.getTextOfJSDocComment(comment.comment) ?? '')
      .join(' '),
  }));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.map(inCell).join(' | ')} |\n`).join('');
}

function inCell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
}

function code(text: string | undefined): string {
  return text === undefined || text === '' ? '' : `\`${text}\``;
}
