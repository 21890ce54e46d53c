/** @import { Mutant } from './find-mutants.js' */

/**
 * Stands before the code, on its first line: `__mutant(3)` is whether mutant 3 is the one that is asked for. Where a file
 * for hits is named, those that are reached are noted in it.
 */
const preamble = `const __mutant = (() => {
  const { IIB_MUTANT, IIB_MUTANT_HITS } = globalThis.process?.env ?? {};
  const chosen = Number(IIB_MUTANT);
  if (!IIB_MUTANT_HITS) return (id) => id === chosen;
  const reached = new Set();
  return (id) => {
    if (!reached.has(id)) globalThis.process.getBuiltinModule('node:fs').appendFileSync(IIB_MUTANT_HITS, id + '\\n');
    reached.add(id);
    return id === chosen;
  };
})();`.replaceAll(/\n\s*/g, ' ');

/**
 * A source with these mutants in it, each asleep until the variable IIB_MUTANT has its number.
 *
 * @param {string} code
 * @param {readonly (Mutant & { id: number })[]} mutants of this source; none inside another
 * @returns {string}
 */
export function switchMutants(code, mutants) {
  if (mutants.length === 0) return code;
  let switched = code;
  for (const mutant of [...mutants].sort((a, b) => b.start - a.start)) {
    switched = switched.slice(0, mutant.start) + switchOf(mutant) + switched.slice(mutant.end);
  }
  return switched.startsWith('#!') ? switched.replace('\n', `\n${preamble} `) : `${preamble} ${switched}`;
}

/** @param {Mutant & { id: number }} mutant */
function switchOf({ id, from, to, place }) {
  const isChosen = `__mutant(${id})`;
  if (place === 'element') return `...(${isChosen} ? [] : [${from}])`;
  if (place === 'property') return `...(${isChosen} ? {} : { ${from} })`;
  return `(${isChosen} ? (${to}) : (${from}))`;
}
