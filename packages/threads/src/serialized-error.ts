/** An error as it travels: structured cloning would drop its class, its code and its details. */
export interface SerializedError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** What the class added: `code`, `details`, `path` and the like. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly cause?: SerializedError;
}

/** Makes the error of a package again; `undefined` for errors that are not the package's own. */
export type ReviveError = (error: SerializedError, cause: Error | undefined) => Error | undefined;

export function serializeError(error: unknown): SerializedError {
  if (!(error instanceof Error)) {
    return { name: 'Error', message: String(error), stack: undefined, properties: {} };
  }
  const { name, message, stack, cause } = error;
  const own = { name, message, stack, properties: ownProperties(error) };
  return cause === undefined ? own : { ...own, cause: serializeError(cause) };
}

export function deserializeError(error: SerializedError, revive: ReviveError): Error {
  const { name, message, stack, properties } = error;
  const cause = error.cause && deserializeError(error.cause, revive);
  const revived =
    revive(error, cause) ??
    Object.assign(new Error(message, cause && { cause }), name === 'Error' ? {} : { name }, properties);
  if (stack !== undefined) revived.stack = stack;
  return revived;
}

/** What its class added, but for functions and the like, which no message can carry. */
function ownProperties(error: Error): Record<string, unknown> {
  const isAdded = ([key, value]: [string, unknown]) =>
    key !== 'name' && key !== 'cause' && isCloneable(value);
  return Object.fromEntries(Object.entries(error).filter(isAdded));
}

function isCloneable(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}
