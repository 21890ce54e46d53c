type Method = (input: never) => unknown;

/**
 * The same methods with `check` before and after their work: what it throws comes in place of the work, and in place of
 * a result that would say that the work lasts.
 */
export function checkedMethods<M extends Readonly<Record<string, Method>>>(methods: M, check: () => void): M {
  const checked = Object.entries(methods).map(([name, method]) => [
    name,
    (input: never) => {
      check();
      const output = method(input);
      return output instanceof Promise ? output.finally(check) : (check(), output);
    },
  ]);
  // As many functions as there were, by the same names, which the type of `fromEntries` cannot say.
  return Object.fromEntries(checked) as M;
}
