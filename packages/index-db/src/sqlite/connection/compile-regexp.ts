import { IndexError } from '@iib-kit/catalog';

/** An expression as searches mean it. Throws `invalid-regexp`. */
export function compileRegexp(source: string): RegExp {
  try {
    return new RegExp(source, 'ims');
  } catch (error) {
    throw new IndexError('invalid-regexp', error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}
