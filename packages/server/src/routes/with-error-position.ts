import { HttpError } from '../http/http-error.ts';

/**
 * Waits for a call of the index. An error with a position in the text of a field (`invalid-query`,
 * `invalid-line`) becomes a 400 that tells field and position.
 */
export async function withErrorPosition<T>(field: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!hasPosition(error)) throw error;
    const type = error.code.replace('-', '_');
    throw new HttpError(400, [{ loc: ['body', field, error.details.position], msg: error.message, type }], {
      cause: error,
    });
  }
}

function hasPosition(error: unknown): error is Error & { code: string; details: { position: number } } {
  if (!(error instanceof Error) || !('code' in error) || !('details' in error)) return false;
  const { details } = error;
  return (
    typeof error.code === 'string' &&
    typeof details === 'object' &&
    details !== null &&
    'position' in details &&
    typeof details.position === 'number'
  );
}
