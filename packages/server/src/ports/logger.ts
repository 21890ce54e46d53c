/** The members of a logger that the server calls; those of pino and console fit. */
export interface Logger {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
  /** Gets a line for each request. */
  info?(details: object, message: string): void;
  /** Asked before each line of `info`, so that none is made in vain. Without it, all are made. */
  isLevelEnabled?(level: 'info'): boolean;
}
