import { nearestName } from './nearest-name.ts';

/** Throws `TypeError` for the first name that is not known, with the nearest that is. */
export function checkOptionNames(kind: string, given: object, known: Iterable<string>): void {
  const names = new Set(known);
  for (const name of Object.keys(given)) {
    if (names.has(name)) continue;
    const nearest = nearestName(name, names);
    const hint = nearest === undefined ? '' : `; did you mean ${JSON.stringify(nearest)}?`;
    throw new TypeError(`unknown ${kind} ${JSON.stringify(name)}${hint}`);
  }
}
