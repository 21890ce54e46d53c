import { expect, test } from 'vitest';

import { refusedReply } from '../../http/status-of-error.ts';
import { Refusal } from '../../ports/refusal.ts';
import { fileFailure } from './file-failure.ts';

const failed = (code: string) => Object.assign(new Error(`${code}: it failed, '/secret/cause'`), { code });

test.each([
  ['ENOENT', 404, 'is not there'],
  ['EACCES', 403, 'cannot be changed by the server'],
  ['EPERM', 403, 'cannot be changed by the server'],
  ['EROFS', 403, 'is on a read-only drive'],
  ['EEXIST', 409, 'is there already'],
  ['ENOTEMPTY', 400, 'is a folder that is not empty'],
  ['ENOTDIR', 400, 'has a file where a folder should be'],
  ['EISDIR', 400, 'is a folder'],
  ['ENAMETOOLONG', 400, 'has too long a name'],
  ['EINVAL', 400, 'has a name that cannot be used here'],
  ['EILSEQ', 400, 'has a name that cannot be used here'],
  ['ELOOP', 400, 'is a loop of links'],
  ['ENOSPC', 409, 'does not fit: the drive is full'],
  ['EDQUOT', 409, 'does not fit: the quota is used up'],
  ['EFBIG', 409, 'is too large for the drive'],
  ['EBUSY', 409, 'is in use'],
  ['ETXTBSY', 409, 'is in use'],
  ['EIO', 503, 'cannot be reached now'],
  ['ESTALE', 503, 'cannot be reached now'],
  ['ENODEV', 503, 'cannot be reached now'],
  ['EMFILE', 503, 'cannot be opened now'],
  ['ENFILE', 503, 'cannot be opened now'],
])('%s is a refusal with %d that names the path and nothing else', (code, status, words) => {
  const cause = failed(code);
  const failure = fileFailure(cause, '/library/a.png');
  expect(failure).toBeInstanceOf(Refusal);
  expect(failure).toMatchObject({ cause, message: `"/library/a.png" ${words}` });
  expect(refusedReply(failure as Refusal).status).toBe(status);
});

test('a refusal stays as it is, and an error of another kind too', () => {
  const refusal = new Refusal('closed', {});
  const other = new TypeError('a bug');
  expect(fileFailure(refusal, '/a')).toBe(refusal);
  expect(fileFailure(other, '/a')).toBe(other);
  expect(fileFailure(failed('ESOMETHING'), '/a')).toMatchObject({ code: 'ESOMETHING' });
});
