/**
 * What becomes of each option: its default, its check and its resolved value. Each is given its own value and all that was
 * given beside it.
 */
export type OptionTable<Given, Resolved = Record<keyof Given, unknown>> = {
  readonly [Name in keyof Given]-?: (
    given: Given[Name] | undefined,
    all: Given,
  ) => Name extends keyof Resolved ? Resolved[Name] : unknown;
};

export type ResolvedOptions<Table extends Record<string, (given: never, all: never) => unknown>> = {
  readonly [Name in keyof Table]: ReturnType<Table[Name]>;
};

/** A frozen copy of what was given, checked and with defaults; throws what the table throws. */
export function resolveOptions<Table extends Record<string, (given: never, all: never) => unknown>>(
  table: Table,
  options: object,
): ResolvedOptions<Table> {
  const given: Readonly<Record<string, unknown>> = { ...options };
  const resolved = Object.entries(table).map(([name, resolve]) => [
    name,
    resolve(given[name] as never, options as never),
  ]);
  // Typed by the table that was walked, which `fromEntries` loses.
  return Object.freeze(Object.fromEntries(resolved)) as ResolvedOptions<Table>;
}
