import type { z } from 'zod';

import { ClientError, type ClientErrorCode } from './client-error.ts';

/** What Node, OpenSSL and undici call failures; the first that fits counts. */
const codePatterns: readonly (readonly [RegExp, ClientErrorCode])[] = [
  [/^ECONNREFUSED$/, 'refused'],
  [/^ENOTFOUND$/, 'unknown-host'],
  [/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|HOSTNAME_MISMATCH/, 'certificate'],
  [/^(?:ERR_SSL_|HPE_|EPROTO$|HTTPParserError$)/, 'wrong-protocol'],
  [/^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/, 'interrupted'],
  [/^UND_ERR_(?:HEADERS|BODY)_TIMEOUT$/, 'timeout'],
];

const advice: Readonly<Partial<Record<ClientErrorCode, string>>> = {
  refused: 'nothing listens there: start the server, or correct the port in baseUrl',
  'unknown-host': 'there is no host of that name: correct baseUrl',
  certificate:
    'the certificate is not accepted: have Node trust its authority (NODE_EXTRA_CA_CERTS), or pass a dispatcher ' +
    'that does',
  'wrong-protocol':
    'what answers speaks another protocol: try http: instead of https: in baseUrl, or the reverse',
  unreachable:
    'check the network and baseUrl; a page of another origin also needs the server to allow that origin',
  timeout: 'it did not answer in time; give it more with timeout',
  'stream-cut': 'what it was sending broke off',
  interrupted:
    'it ended the connection before it had answered all; the server or a proxy may have been restarted',
  'redirect-loop': 'its redirects lead nowhere: correct baseUrl, or the proxy',
};

/** A `ClientError` for what went wrong on the way to the head of an answer. */
export function connectionError(error: unknown, url: string): ClientError {
  return failure(connectionErrorCode(error), url, error);
}

/** A `ClientError` with what to do, and the words of its cause. */
export function failure(code: ClientErrorCode, url: string, cause?: unknown): ClientError {
  const reason = cause === undefined ? '' : ` (${reasonOf(cause)})`;
  return new ClientError(code, `${withoutQuery(url)}: ${advice[code] ?? code}${reason}`, url, { cause });
}

/** An answer that is not as the contract says. */
export function unexpectedShape(problem: z.ZodError, url: string): ClientError {
  const issue = problem.issues[0];
  const place = issue === undefined ? '' : ` (${issue.path.join('.')}: ${issue.message})`;
  return new ClientError(
    'unexpected-shape',
    `${withoutQuery(url)}: the answer has another shape than this client knows${place}; use the version and the ` +
      'dialect of the server (client.system.version() gives the version)',
    url,
    { cause: problem },
  );
}

/** Answers and logs show the address of a failure; what was searched for is none of their business. */
export function withoutQuery(url: string): string {
  return url.replace(/\?.*$/s, '');
}

function connectionErrorCode(error: unknown): ClientErrorCode {
  for (const cause of causesOf(error)) {
    const known = codePatterns.find(([pattern]) => namesOf(cause).some((name) => pattern.test(name)));
    if (known !== undefined) return known[1];
    // undici has no code for it.
    if (cause instanceof Error && /redirect (?:count|loop)/i.test(cause.message)) return 'redirect-loop';
  }
  return 'unreachable';
}

/** Errors of parsers have a name but not always a code. */
function namesOf(cause: object): string[] {
  const names = ['code' in cause ? cause.code : undefined, 'name' in cause ? cause.name : undefined];
  return names.filter((name) => typeof name === 'string');
}

/** An error and what caused it, the outermost first; `fetch` wraps what undici throws. */
function causesOf(error: unknown): object[] {
  const causes: object[] = [];
  for (let cause = error; typeof cause === 'object' && cause !== null && causes.length < 5;) {
    causes.push(cause);
    cause = 'cause' in cause ? cause.cause : undefined;
  }
  return causes;
}

/** The innermost words; those of an error for several addresses are empty. */
function reasonOf(error: unknown): string {
  const innermost = causesOf(error).at(-1) ?? error;
  if (!(innermost instanceof Error)) return String(innermost);
  if (innermost.message !== '') return innermost.message;
  return 'code' in innermost ? String(innermost.code) : innermost.name;
}
