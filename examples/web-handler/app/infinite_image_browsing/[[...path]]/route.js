import { iibHandler } from '@iib-kit/server/web';

import { imageService } from '../../../lib/images.js';

/** For Next.js: SQLite needs Node, and answers are not to be computed when the application is built. */
export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/**
 * A sign-in of your own goes here.
 * @param {Request} request
 * @returns {Promise<Response>}
 */
export async function GET(request) {
  const answer = iibHandler(await imageService());
  return answer(request);
}

export { GET as HEAD, GET as POST, GET as DELETE, GET as OPTIONS };
