import { MAX_FILE_NAME_BYTES } from '@iib-kit/contract';

import { Refusal } from '../../ports/refusal.ts';
import { isOwnName } from './own-names.ts';

/** What Windows refuses in names, and names that mean a device there. */
const windowsReserved = /[<>:"|?*]|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const neverInNames = /[\u0000-\u001f\u007f/\\]/;

/** Throws a `Refusal` 400 for what cannot be the name of one file in a folder. */
export function checkFileName(name: string): void {
  const refuse = (reason: string) => new Refusal('invalid-file-name', { name, reason });
  if (name.trim() === '' || name === '.' || name === '..') throw refuse('is not a name for a file');
  if (neverInNames.test(name)) throw refuse('has a slash or a control character in it');
  if (!name.isWellFormed()) throw refuse('is not valid Unicode');
  if (Buffer.byteLength(name) > MAX_FILE_NAME_BYTES) {
    throw refuse(`is longer than ${MAX_FILE_NAME_BYTES} bytes`);
  }
  if (isOwnName(name)) throw refuse('is a name that the server uses itself');
  if (process.platform === 'win32' && windowsReserved.test(name))
    throw refuse('is a name that Windows refuses');
}
