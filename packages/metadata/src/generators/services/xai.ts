import type { Generator } from '../generator.ts';
import { namedService } from './named-service.ts';

const signature = /^Signature: [A-Za-z\d+/]{40,}={0,2}$/;
const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/** Grok: a signature as comment or description, and the id of the job as artist. */
export const xai: Generator = namedService('xai', (embedded) => {
  const isSigned = embedded.some(
    ({ key, text }) =>
      (key === 'UserComment' || key === 'ImageDescription') &&
      text.length < 10_000 &&
      signature.test(text.trim()),
  );
  return isSigned && embedded.some(({ key, text }) => key === 'Artist' && uuid.test(text.trim()));
});
