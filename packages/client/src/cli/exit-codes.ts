/** What the program ends with; scripts go by it. */
export const exitCodes = {
  done: 0,
  /** A search that found nothing. */
  nothingFound: 1,
  /** An option or argument that is wrong or missing. */
  usage: 2,
  /** The server was not reached, or gave no answer of this API. */
  noAnswer: 3,
  /** The server refused, a job did not complete, or a file cannot be read. */
  failed: 4,
  /** Stopped by Ctrl+C: 128 and the number of the signal, as shells have it. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
