/** The last argument of every method. */
export interface CallOptions {
  /** Gives the call up: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Options of what counts images or names what they have. */
export interface ScopeOptions extends CallOptions {
  /** Count and name only what images in these folders have, at any depth; all unless given. */
  readonly inside?: readonly string[];
}
