import { expect, test } from 'vitest';

import { HttpError } from '../../http/http-error.ts';
import { fileFailure } from './file-failure.ts';

const failed = (code: string) => Object.assign(new Error(`${code}: it failed, '/secret/cause'`), { code });

test.each([
  ['ENOENT', 404],
  ['EACCES', 403],
  ['EROFS', 403],
  ['EEXIST', 409],
  ['ENOTEMPTY', 400],
  ['ENAMETOOLONG', 400],
  ['ENOSPC', 409],
  ['EDQUOT', 409],
  ['EBUSY', 409],
  ['ESTALE', 503],
])('%s is a refusal with %d that names the path and nothing else', (code, status) => {
  const cause = failed(code);
  const failure = fileFailure(cause, '/library/a.png');
  expect(failure).toBeInstanceOf(HttpError);
  expect(failure).toMatchObject({
    status,
    cause,
    message: expect.stringMatching(/^"\/library\/a\.png" [a-z]/),
  });
  expect((failure as HttpError).message).not.toContain('secret');
});

test('a refusal stays as it is, and an error of another kind too', () => {
  const refusal = new HttpError(403, 'no');
  const other = new TypeError('a bug');
  expect(fileFailure(refusal, '/a')).toBe(refusal);
  expect(fileFailure(other, '/a')).toBe(other);
  expect(fileFailure(failed('ESOMETHING'), '/a')).toMatchObject({ code: 'ESOMETHING' });
});
