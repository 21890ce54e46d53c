/** A copy without the members that are undefined: what was not recorded is absent. */
export function definedOnly<T extends object>(record: T): DefinedOnly<T> {
  const kept = Object.entries(record).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as DefinedOnly<T>;
}

type DefinedOnly<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };
