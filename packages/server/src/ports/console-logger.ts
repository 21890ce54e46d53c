import type { Logger } from './logger.ts';

/** Warnings and errors on the console of the application; requests are not logged. */
export const consoleLogger: Logger = {
  warn: (details, message) => console.warn(message, details),
  error: (details, message) => console.error(message, details),
};
