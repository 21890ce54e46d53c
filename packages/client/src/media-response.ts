/** Bytes that an endpoint answers, not read yet. */
export interface MediaResponse {
  /** 200, 206 for a range, or 304 when a condition of the request held. */
  readonly status: number;
  readonly headers: Headers;
  /** The bytes as they arrive; null when there are none. Read it or cancel it, else the connection stays taken. */
  readonly body: ReadableStream<Uint8Array> | null;
  /** All the bytes. */
  bytes(): Promise<Uint8Array>;
}
