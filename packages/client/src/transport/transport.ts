/** One request, ready to be sent. */
export interface TransportRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly signal: AbortSignal;
}

/** The head of an answer, and its body for one reading. */
export interface TransportResponse {
  readonly status: number;
  header(name: string): string | undefined;
  headers(): Headers;
  text(): Promise<string>;
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  /** Undefined where there is no body. */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>> | undefined;
  /** Leaves the body unread. */
  discard(): void;
}

/** What sends requests: redirects are followed, and a 3xx is answered only where there were too many of them. */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;
