import { printJson, type JsonObject } from '../../json/json-value.ts';

/** What a tool recorded besides the fields that have a place of their own; undefined when nothing. */
export function otherSettings(
  record: JsonObject,
  taken: ReadonlySet<string>,
): Readonly<Record<string, string>> | undefined {
  const others = Object.entries(record).flatMap(([key, value]): readonly [string, string][] => {
    if (taken.has(key) || value === undefined || value === null || value === '') return [];
    return [[key, printJson(value)]];
  });
  return others.length === 0 ? undefined : Object.fromEntries(others);
}
