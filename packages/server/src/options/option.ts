import type { Text } from '../ports/text.ts';
import { oneOf } from './option-checks.ts';

/**
 * One option: what may be given for it, what becomes of that, and how the program takes it. Its comment is what users
 * read in their editors and in `docs/options.md`.
 */
export interface Option<Given, Resolved = Given> {
  readonly default?: Given;
  /** The default where it follows from other options. */
  readonly defaultFrom?: (all: never) => Given;
  readonly choices?: readonly Given[];
  /** Gives the value as it is used, and throws `TypeError` or `RangeError` with the name. Default: any value is used as it is. */
  readonly check?: (given: Given, name: string) => Resolved;
  /** Undefined for an option that the program does not know. */
  readonly program?: ProgramPart<Given>;
}

interface WithDefault<Given> {
  readonly default: Given;
}

interface WithDefaultFrom<Given> {
  readonly defaultFrom: (all: never) => Given;
}

/** How the program takes an option: by a flag, from the environment, or both. */
type ProgramPart<Given> = ProgramWords & Reading<Given>;

interface ProgramWords {
  /** In snake case, as IIB writes it; kebab case is accepted alike. Undefined for what only the environment says. */
  readonly flag?: string;
  readonly env?: string;
  readonly placeholder?: string;
  /** The program's own default, as it is written. Default: that of the option. */
  readonly default?: string;
  /** What may be written. Default: the choices of the option. */
  readonly choices?: readonly string[];
  /** Whether it names files or folders, which are relative to the working folder. */
  readonly isPath?: boolean;
  /** What stands for itself where it names files or folders. */
  readonly words?: readonly string[];
  /** Options of which one must be given with this one. */
  readonly needs?: readonly string[];
  /** Options that cannot be given with this one. */
  readonly excludes?: readonly string[];
  readonly help: Text;
}

/** What follows the flag, and how it is read. */
type Reading<Given> =
  | ({ readonly takes: 'nothing' } & Reader<true, Given>)
  | ({ readonly takes?: 'value' } & Reader<string, Given>)
  | ({ readonly takes: 'values' } & Reader<readonly string[], Given>)
  | ({ readonly takes: 'optional values' } & Reader<true | readonly string[], Given>);

/** What is written is the value itself where it can be; a text also where it must be one of the choices. */
type Reader<Written, Given> = [Written] extends [Given]
  ? { readonly read?: Read<Written, Given> }
  : [Given] extends [Written]
    ? { readonly read?: Read<Written, Given> }
    : { readonly read: Read<Written, Given> };

/** Throws a `UsageError` with the name. */
type Read<Written, Given> = (written: Written, name: string) => Given;

/** Any option, where its types do not matter. */
export interface AnyOption {
  readonly default?: unknown;
  readonly defaultFrom?: (all: never) => unknown;
  readonly choices?: readonly unknown[];
  readonly check?: (given: never, name: string) => unknown;
  readonly program?: ProgramOption;
}

export interface ProgramOption extends ProgramWords {
  readonly takes?: 'nothing' | 'value' | 'values' | 'optional values';
  readonly read?: (written: never, name: string) => unknown;
}

export type OptionSection = Readonly<Record<string, AnyOption>>;

/** Takes the type of what may be given and, where it is another, of what becomes of it. */
export function option<Given, Resolved = Given>(
  entry: Option<Given, Resolved> & (WithDefault<Given> | WithDefaultFrom<Given>),
): Option<Given, Resolved>;
export function option<Given, Resolved = Given>(
  entry: Option<Given, Resolved>,
): Option<Given, Resolved | undefined>;
export function option(entry: AnyOption): AnyOption {
  return entry;
}

/** What users may give for the options of a section. */
export type GivenOptions<Section> = {
  -readonly [Name in keyof Section]?: Section[Name] extends Option<infer Given, infer _> ? Given : never;
};

/** What becomes of them. */
export type ResolvedOptions<Section> = {
  readonly [Name in keyof Section]: Section[Name] extends Option<infer _, infer Resolved> ? Resolved : never;
};

/** A frozen copy of what was given for a section, checked and with defaults; throws what the checks throw. */
export function resolveOptions<Section extends OptionSection>(
  section: Section,
  options: object,
  prefix = '',
): ResolvedOptions<Section> {
  const given: Readonly<Record<string, unknown>> = { ...options };
  const resolved = Object.entries(section).map(([name, option]) => [
    name,
    resolveOption(option, given[name], { name: prefix + name, all: options }),
  ]);
  // Typed by the section that was walked, which `fromEntries` loses.
  return Object.freeze(Object.fromEntries(resolved)) as ResolvedOptions<Section>;
}

function resolveOption(
  option: AnyOption,
  given: unknown,
  { name, all }: { readonly name: string; readonly all: object },
): unknown {
  const { check, choices } = option;
  const value = given === undefined ? (option.defaultFrom?.(all as never) ?? option.default) : given;
  if (value === undefined) return undefined;
  if (choices !== undefined) oneOf(name, value, choices);
  return check === undefined ? value : check(value as never, name);
}
