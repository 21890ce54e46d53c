import { readFileSync } from 'node:fs';

import ts from 'typescript';

import { programOptions, type KnownOption } from '../../src/options/program-options.ts';

/** The page `docs/options.md`, from the tables of the options. */
export function optionsPage(): string {
  return `# Options

Made from the code: \`npx vitest run --project node packages/server/test/options-docs.test.ts -u\` writes it anew. What the server takes on at most is in [security](security.md#limits).

## The program

\`iib-kit\` takes its options as flags, written with \`_\` or \`-\`, and from the environment, also from a file \`.env\` in the working folder. That file is UTF-8, or UTF-16 with a byte order mark, as editors and shells of Windows write it; the program does not start with one that it cannot read as text. A flag goes before a variable. A flag that takes several values takes all that follow it up to the next flag. A flag, value or variable that is not known ends the program with status 2 and a line that names it; for a misspelt one it names the nearest.

${table(['flag', 'environment', 'takes', 'default', 'what it does'], programOptions.map(programRow))}
Besides, \`--help\` prints the flags and \`--version\` the version.

## openService, AppUtils, iibFastify

${optionTable('options/service-options.ts', 'serviceOptions')}
A name that is not among them is a \`TypeError\` that names it and the nearest; a value that cannot be is a \`TypeError\` or \`RangeError\` that names the option.

### ai

${optionTable('options/ai-options.ts', 'aiOptions')}
## launchApp

All of the above, and:

${optionTable('options/launch-options.ts', 'launchOptions')}`;
}

function programRow(option: KnownOption): string[] {
  const { flag, env, default: standard, help } = option;
  const notes = [help.en, relation('Needs', option.needs), relation('Not with', option.excludes)];
  return [
    code(flag === undefined ? undefined : `--${flag}`),
    code(env),
    option.choices === undefined ? taken(option) : option.choices.map(code).join(' '),
    code(standard),
    notes.filter((note) => note !== '').join('. '),
  ];
}

function taken({ takes = 'value', placeholder }: KnownOption): string {
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
    const option = programOptions.find((known) => known.name === name);
    return code(`--${option?.flag ?? name}`);
  });
  return flags.length === 0 ? '' : `${word} ${flags.join(' or ')}`;
}

function optionTable(file: string, section: string): string {
  const rows = entriesOf(file, section).map(({ name, text, comment }) => [code(name), code(text), comment]);
  return table(['option', 'type', 'what it does'], rows);
}

/** The entries of a table of options: the type of what may be given as it is written, and the comment. */
export function entriesOf(file: string, section: string): { name: string; text: string; comment: string }[] {
  const url = new URL(`../../src/${file}`, import.meta.url);
  const source = ts.createSourceFile(file, readFileSync(url, 'utf8'), ts.ScriptTarget.ES2023, true);
  const found = source.statements
    .filter(ts.isVariableStatement)
    .flatMap((statement) => [...statement.declarationList.declarations])
    .find(({ name }) => name.getText(source) === section);
  let table = found?.initializer;
  while (table !== undefined && (ts.isSatisfiesExpression(table) || ts.isAsExpression(table)))
    table = table.expression;
  if (table === undefined || !ts.isObjectLiteralExpression(table))
    throw new Error(`${file} has no ${section}`);
  return table.properties.filter(ts.isPropertyAssignment).map((entry) => ({
    name: entry.name.getText(source),
    text: ts.isCallExpression(entry.initializer)
      ? (entry.initializer.typeArguments?.[0]?.getText(source) ?? '')
      : '',
    comment: ts
      .getJSDocCommentsAndTags(entry)
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
