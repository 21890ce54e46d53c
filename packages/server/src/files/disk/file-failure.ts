import { errorCode } from '../../ports/error-code.ts';
import { HttpError, type HttpErrorStatus } from '../../http/http-error.ts';

const refusals: Readonly<Record<string, readonly [HttpErrorStatus, string]>> = {
  ENOENT: [404, 'is not there'],
  EACCES: [403, 'cannot be changed by the server'],
  EPERM: [403, 'cannot be changed by the server'],
  EROFS: [403, 'is on a read-only drive'],
  EEXIST: [409, 'is there already'],
  ENOTEMPTY: [400, 'is a folder that is not empty'],
  ENOTDIR: [400, 'has a file where a folder should be'],
  EISDIR: [400, 'is a folder'],
  ENAMETOOLONG: [400, 'has too long a name'],
  EINVAL: [400, 'has a name that cannot be used here'],
  EILSEQ: [400, 'has a name that cannot be used here'],
  ELOOP: [400, 'is a loop of links'],
  ENOSPC: [409, 'does not fit: the drive is full'],
  EDQUOT: [409, 'does not fit: the quota is used up'],
  EFBIG: [409, 'is too large for the drive'],
  EBUSY: [409, 'is in use'],
  ETXTBSY: [409, 'is in use'],
  EIO: [503, 'cannot be reached now'],
  ESTALE: [503, 'cannot be reached now'],
  ENODEV: [503, 'cannot be reached now'],
  EMFILE: [503, 'cannot be opened now'],
  ENFILE: [503, 'cannot be opened now'],
};

/** What to throw for an error of the file system: a refusal that names the path where it is one, else the error. */
export function fileFailure(cause: unknown, path: string): unknown {
  const refusal = cause instanceof HttpError ? undefined : refusals[errorCode(cause) ?? ''];
  if (refusal === undefined) return cause;
  const [status, words] = refusal;
  return new HttpError(status, `${JSON.stringify(path)} ${words}`, { cause });
}

/** Does something to a path; its failures are refusals that name the path. */
export async function naming<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileFailure(error, path);
  }
}
