import { nearestName } from '../options/nearest-name.ts';
import { text, type Text } from '../ports/text.ts';
import { programOptions, type ProgramOption, type ProgramOptionName } from '../options/program-options.ts';
import { UsageError } from '../options/usage-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What was given for each option and, for what was not, its default. */
export type OptionValues = Readonly<Partial<Record<ProgramOptionName, unknown>>>;

const options = Object.entries<ProgramOption>(programOptions);

export interface GivenOptions {
  readonly values: OptionValues;
  /** Names of those that somebody gave. */
  readonly given: ReadonlySet<string>;
}

/**
 * The values of all options: a flag goes before a variable, which goes before a default.
 * @throws UsageError for a value that is no choice, options that exclude each other, and one that lacks another
 */
export function optionValues(
  flags: Readonly<Record<string, unknown>>,
  environment: Environment,
): GivenOptions {
  const given: Record<string, unknown> = {};
  for (const [name, option] of options) {
    const value = flags[name] ?? variable(option, environment);
    if (value === undefined) continue;
    checkChoice(option, value, flags[name] === undefined ? (option.env ?? '') : `option ${nameOf(option)}`);
    given[name] = value;
  }
  for (const [name, option] of options) if (name in given) checkCompany(option, given);
  const defaults = options.flatMap(([name, option]) =>
    option.default === undefined ? [] : [[name, option.default] as const],
  );
  return { values: { ...Object.fromEntries(defaults), ...given }, given: new Set(Object.keys(given)) };
}

/**
 * Warnings of variables that look like ours and are none.
 * @throws UsageError for one that is likely a misspelt one: without its key, a server would be open
 */
export function checkVariables(environment: Environment): readonly Text[] {
  const known = options.flatMap(([, { env }]) => (env === undefined ? [] : [env]));
  const unknown = Object.keys(environment).filter((name) => name.startsWith('IIB_') && !known.includes(name));
  return unknown.map((name) => {
    const nearest = nearestName(name, known);
    if (nearest === undefined) return text(`the variable ${name} is not known`, `未知的环境变量 ${name}`);
    throw new UsageError(
      text(
        `the variable ${name} is not known; did you mean ${nearest}?`,
        `未知的环境变量 ${name}；是否想用 ${nearest}？`,
      ),
    );
  });
}

/** An empty variable counts as none, as files `.env` have them. */
function variable({ env }: ProgramOption, environment: Environment): string | undefined {
  const value = env === undefined ? undefined : environment[env]?.trim();
  return value === '' ? undefined : value;
}

function checkChoice({ choices }: ProgramOption, value: unknown, name: string): void {
  if (choices === undefined || choices.some((choice) => choice === value)) return;
  const list = choices.join(', ');
  const shown = JSON.stringify(value);
  throw new UsageError(
    text(`${name} must be one of ${list}, not ${shown}`, `${name} 只能是 ${list} 之一，而不是 ${shown}`),
  );
}

function checkCompany(option: ProgramOption, given: Readonly<Record<string, unknown>>): void {
  const { excludes = [], needs = [] } = option;
  const name = nameOf(option);
  const excluded = excludes.find((other) => other in given);
  if (excluded !== undefined) {
    const other = nameOf(byName(excluded));
    throw new UsageError(
      text(`${name} cannot be used together with ${other}`, `${name} 不能与 ${other} 同时使用`),
    );
  }
  if (needs.length === 0 || needs.some((other) => other in given)) return;
  const others = needs.map((other) => nameOf(byName(other)));
  throw new UsageError(text(`${name} needs ${others.join(' or ')}`, `${name} 需要 ${others.join(' 或 ')}`));
}

function byName(name: string): ProgramOption {
  const found = options.find(([known]) => known === name);
  if (found === undefined) throw new TypeError(`no option ${name}`);
  return found[1];
}

function nameOf({ flag, env }: ProgramOption): string {
  return flag === undefined ? (env ?? '') : `--${flag}`;
}
