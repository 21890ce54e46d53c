type Method<Subject> = (subject: Subject, ...inputs: never) => unknown;
type InputsAfter<M> = M extends (subject: never, ...inputs: infer Inputs) => unknown ? Inputs : never;

export type BoundMethods<M extends object> = {
  readonly [K in keyof M]: (
    inputs: InputsAfter<M[K]>,
  ) => M[K] extends (...all: never) => infer Output ? Output : never;
};

/** The same functions, each of one list of inputs, as a thread is sent them. */
export function bindMethods<Subject, M extends Readonly<Record<string, Method<Subject>>>>(
  subject: Subject,
  methods: M,
): BoundMethods<M> {
  const bound = Object.entries(methods).map(([name, method]) => [
    name,
    (inputs: readonly unknown[]) => method(subject, ...(inputs as never)),
  ]);
  // As many functions as there were, by the same names, which the type of `fromEntries` cannot say.
  return Object.fromEntries(bound) as BoundMethods<M>;
}
