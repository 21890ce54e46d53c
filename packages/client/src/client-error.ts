/** Why a call never got a proper answer. */
const clientErrorCodes = [
  /** The server could not be reached: refused, unknown host, no network, certificate not accepted. */
  'unreachable',
  /** No answer within `timeout`. */
  'timeout',
  /** The connection ended in the middle of the answer. */
  'interrupted',
  /** Something answered, but not this API: a proxy's page, another program, a wrong base path. */
  'not-this-api',
  /** The answer does not have the shape that this client knows: another version, perhaps. */
  'unexpected-shape',
] as const;
export type ClientErrorCode = (typeof clientErrorCodes)[number];

/** A call that did not reach the server or got no answer of this API; `code` says which. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly code: ClientErrorCode;
  readonly url: string;

  constructor(code: ClientErrorCode, message: string, url: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.url = url;
  }
}
