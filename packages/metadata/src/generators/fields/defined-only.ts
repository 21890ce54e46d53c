/** A copy without the members that are undefined: what was not recorded is absent. */
export function definedOnly<T extends object>(record: T): DefinedOnly<T> {
  const kept: Partial<T> = {};
  for (const key of Object.keys(record) as (keyof T)[]) {
    if (record[key] !== undefined) kept[key] = record[key];
  }
  // What the loop left out is optional in the result.
  return kept as unknown as DefinedOnly<T>;
}

type DefinedOnly<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };
