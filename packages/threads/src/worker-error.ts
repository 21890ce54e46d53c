/** `failed` with an error that nobody caught, `ended` without one, or `unreachable` before it heard of a call. */
export type WorkerErrorCode = 'failed' | 'ended' | 'unreachable';

/** A thread or process that is gone, as opposed to an error that one of its methods threw. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
  readonly code: WorkerErrorCode;

  constructor(code: WorkerErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
