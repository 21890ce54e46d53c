import { HttpError } from '../http/http-error.ts';

/** The service is closing or closed. */
export class ServiceClosedError extends HttpError {
  readonly code = 'closed';

  constructor() {
    super(503, 'the server is stopping');
  }
}
