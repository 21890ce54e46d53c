/** Why a call never got a proper answer. */
const clientErrorCodes = [
  /** Nothing listens there: the server does not run, or at another port. */
  'refused',
  /** There is no host of that name. */
  'unknown-host',
  /** The certificate of the server is not accepted. */
  'certificate',
  /** `https:` where the server speaks `http:`, the other way round, or something that is not HTTP. */
  'wrong-protocol',
  /** The server cannot be reached for another reason; browsers give no details. */
  'unreachable',
  /** No answer within `timeout`. */
  'timeout',
  /** The server ended the connection before it had answered all. */
  'interrupted',
  /** Bytes or events that the caller was reading broke off. */
  'stream-cut',
  /** Redirects that lead nowhere. */
  'redirect-loop',
  /** The server has no such endpoint: its base path is another one, or it is of an older version. */
  'wrong-base-url',
  /** Something answered, but not this API: the page of a proxy, another program. */
  'not-this-api',
  /** The answer does not have the shape that this client knows: the server is of another version. */
  'unexpected-shape',
] as const;
export type ClientErrorCode = (typeof clientErrorCodes)[number];

const brand = Symbol.for('@iib-kit/client/ClientError');

/** A call that did not reach the server or got no answer of this API; `code` says which. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly [brand] = true;
  readonly code: ClientErrorCode;
  readonly url: string;
  /** Of what was answered instead. */
  readonly status: number | undefined;

  constructor(
    code: ClientErrorCode,
    message: string,
    url: string,
    { status, ...options }: ErrorOptions & { status?: number } = {},
  ) {
    super(message, options);
    this.code = code;
    this.url = url;
    this.status = status;
  }
}

/** Whether an error is of a call without a proper answer, also one of another copy of this package. */
export function isClientError(error: unknown): error is ClientError {
  return typeof error === 'object' && error !== null && brand in error;
}
