/** The last argument of every method. */
export interface CallOptions {
  /** Gives the call up: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}
