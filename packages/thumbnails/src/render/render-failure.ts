import { ThumbnailError } from '../thumbnail-error.ts';

type Rule = readonly [pattern: RegExp, code: ThumbnailError['code']];

// libvips and its loaders report by text only. Earlier rules win.
const rules: readonly Rule[] = [
  [/pixel limit|exceeds .*limit|too large|too big|image size is/iu, 'too-large'],
  [/missing|No such file/iu, 'not-found'],
  [/Permission denied|EACCES|EPERM|EIO\b|Input\/output error/iu, 'unreadable'],
  [/compression format has not been built in|Unsupported (?:feature|codec)/iu, 'unsupported'],
  [/timeout/iu, 'timeout'],
  [/unsupported image format|not a known file format/iu, 'not-an-image'],
];

/** Gives what sharp reported a code; a file that begins well and cannot be read on is `truncated`. */
export function asRenderFailure(error: unknown, path: string): ThumbnailError {
  if (error instanceof ThumbnailError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const code = rules.find(([pattern]) => pattern.test(message))?.[1] ?? 'truncated';
  return new ThumbnailError(code, `${path}: ${message.split('\n', 1).join('')}`, {
    path,
    cause: error,
  });
}
