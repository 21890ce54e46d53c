/** `failed` with an error that nobody caught, `ended` without one, or `unreachable` before it heard of a call. */
export type WorkerErrorCode = 'failed' | 'ended' | 'unreachable';

/** A thread or process that is gone, as opposed to an error that one of its methods threw. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
  readonly code: WorkerErrorCode;
  /** The signal that ended a process. */
  readonly signal: string | undefined;

  constructor(
    code: WorkerErrorCode,
    message: string,
    options: { cause?: unknown; signal?: string | undefined } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.signal = options.signal;
  }
}
