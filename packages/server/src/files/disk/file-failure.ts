import { errorCode } from '../../ports/error-code.ts';
import { Refusal } from '../../ports/refusal.ts';

const codes = {
  ENOENT: 'missing',
  EACCES: 'not-permitted',
  EPERM: 'not-permitted',
  EROFS: 'read-only-drive',
  EEXIST: 'exists',
  ENOTEMPTY: 'folder-not-empty',
  ENOTDIR: 'file-as-folder',
  EISDIR: 'is-a-folder',
  ENAMETOOLONG: 'name-too-long',
  EINVAL: 'unusable-name',
  EILSEQ: 'unusable-name',
  ELOOP: 'links-in-a-loop',
  ENOSPC: 'drive-full',
  EDQUOT: 'quota-exceeded',
  EFBIG: 'too-large-for-drive',
  EBUSY: 'in-use',
  ETXTBSY: 'in-use',
  EIO: 'drive-unreachable',
  ESTALE: 'drive-unreachable',
  ENODEV: 'drive-unreachable',
  EMFILE: 'too-many-open-files',
  ENFILE: 'too-many-open-files',
  // Of files and folders that were opened and checked.
  'is-directory': 'is-a-folder',
  'not-a-file': 'neither-file-nor-folder',
  'not-a-folder': 'not-a-folder',
  outside: 'outside-allowed-folders',
  changed: 'changed-while-moved',
} as const;

const codeOf: ReadonlyMap<string, (typeof codes)[keyof typeof codes]> = new Map(Object.entries(codes));

/** What to throw for an error of the file system: a refusal that names the path where it is one, else the error. */
export function fileFailure(cause: unknown, path: string): unknown {
  const code = cause instanceof Refusal ? undefined : codeOf.get(errorCode(cause) ?? '');
  return code === undefined ? cause : new Refusal(code, { path }, { cause });
}

/** Does something to a path; its failures are refusals that name the path. */
export async function naming<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileFailure(error, path);
  }
}
