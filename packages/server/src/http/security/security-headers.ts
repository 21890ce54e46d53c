import type { AllowCors } from './origin-check.ts';

/**
 * Headers of every answer that does not bring its own. A file of the library that is a page or a drawing with
 * script is opened without an origin, so that it can neither run nor read anything here.
 */
export function securityHeaders(options: {
  allowCors: AllowCors;
  framedBy?: readonly string[];
}): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    // Cannot name origins; pages of those that may call ask with CORS, which this does not touch.
    'cross-origin-resource-policy': options.allowCors === true ? 'cross-origin' : 'same-site',
    'content-security-policy': `${contentPolicy}; ${frameAncestors(options.framedBy)}`,
  };
}

const contentPolicy =
  "default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'; sandbox";

/** Which pages may show ours in a frame: our own, and those of the origins named. */
export function frameAncestors(origins: readonly string[] = []): string {
  return ['frame-ancestors', "'self'", ...origins].join(' ');
}
