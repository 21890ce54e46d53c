import { nearestName } from '../options/nearest-name.ts';
import { programOptions, type KnownOption } from '../options/program-options.ts';
import { UsageError } from '../options/usage-error.ts';
import { text, type Text } from '../ports/text.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface GivenOptions {
  /** By the names of the options; of what was not given, the default. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Names of those that somebody gave. */
  readonly given: ReadonlySet<string>;
}

/**
 * The values of all options: a flag goes before a variable, which goes before a default.
 * @throws UsageError for a value that cannot be, options that exclude each other, and one that lacks another
 */
export function optionValues(
  flags: Readonly<Record<string, unknown>>,
  environment: Environment,
): GivenOptions {
  const written: Record<string, unknown> = {};
  for (const option of programOptions) {
    const { name } = option;
    const found = flags[name] ?? variable(option, environment);
    if (found === undefined) continue;
    checkChoice(option, found, flags[name] === undefined ? (option.env ?? '') : `option ${nameOf(option)}`);
    written[name] = found;
  }
  for (const option of programOptions) if (option.name in written) checkCompany(option, written);
  const values = programOptions.map((option) => [option.name, read(option, written[option.name])]);
  return { values: Object.fromEntries(values), given: new Set(Object.keys(written)) };
}

/** What is written, or the default, as the value that it stands for. */
function read(option: KnownOption, written: unknown = option.default): unknown {
  if (written === undefined) return option.value;
  return option.read === undefined ? written : option.read(written as never, nameOf(option));
}

/**
 * Warnings of variables that look like ours and are none.
 * @throws UsageError for one that is likely a misspelt one: without its key, a server would be open
 */
export function checkVariables(environment: Environment): readonly Text[] {
  const known = programOptions.flatMap(({ env }) => (env === undefined ? [] : [env]));
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
function variable({ env }: KnownOption, environment: Environment): string | undefined {
  const value = env === undefined ? undefined : environment[env]?.trim();
  return value === '' ? undefined : value;
}

function checkChoice({ choices }: KnownOption, value: unknown, name: string): void {
  if (choices === undefined || choices.some((choice) => choice === value)) return;
  const list = choices.join(', ');
  const shown = JSON.stringify(value);
  throw new UsageError(
    text(`${name} must be one of ${list}, not ${shown}`, `${name} 只能是 ${list} 之一，而不是 ${shown}`),
  );
}

function checkCompany(option: KnownOption, written: Readonly<Record<string, unknown>>): void {
  const { excludes = [], needs = [] } = option;
  const name = nameOf(option);
  const excluded = excludes.find((other) => other in written);
  if (excluded !== undefined) {
    const other = nameOf(byName(excluded));
    throw new UsageError(
      text(`${name} cannot be used together with ${other}`, `${name} 不能与 ${other} 同时使用`),
    );
  }
  if (needs.length === 0 || needs.some((other) => other in written)) return;
  const others = needs.map((other) => nameOf(byName(other)));
  throw new UsageError(text(`${name} needs ${others.join(' or ')}`, `${name} 需要 ${others.join(' 或 ')}`));
}

function byName(name: string): KnownOption {
  const found = programOptions.find((option) => option.name === name);
  if (found === undefined) throw new TypeError(`no option ${name}`);
  return found;
}

/** The flag, or the variable where there is none. */
function nameOf({ flag, env }: KnownOption): string {
  return flag === undefined ? (env ?? '') : `--${flag}`;
}
